import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FIRST, type Guide, listGuides, scriptOf } from "./guide-script.ts";

/**
 * Follows every guide to the letter, each in an empty folder, with the packages as they would be published. Takes
 * minutes, and needs port 4010. Arguments are names of guides to select.
 */
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const chosen = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "follow-guides-"));
const tarballs = join(work, "tarballs");
execFileSync(process.execPath, [join(ROOT, "packages/release/src/main.ts"), "pack", tarballs], {
  cwd: ROOT,
  stdio: ["ignore", "ignore", "inherit"],
});
console.log(`Packed ${readdirSync(tarballs).length} packages.`);

const guides = listGuides();
const first = guides.find(({ name }) => name === FIRST);
if (first === undefined) throw new Error(`There is no guide ${FIRST}`);
let failed = 0;
for (const guide of guides.filter(({ name }) => chosen.length === 0 || chosen.includes(name))) {
  if (!(await follow(guide, first))) failed += 1;
}
rmSync(work, { recursive: true, force: true });
console.log(failed === 0 ? "Every guide can be followed." : `${failed} guides can't be followed.`);
process.exitCode = failed === 0 ? 0 : 1;

async function follow(guide: Guide, first: Guide): Promise<boolean> {
  const folder = mkdtempSync(join(work, `${guide.name}-`));
  const { script, leftOut } = scriptOf(guide, first, tarballs);
  writeFileSync(join(folder, "script.sh"), script);
  const child = spawn("bash", [join(folder, "script.sh")], {
    cwd: mkdtempSync(join(work, "empty-")),
    // A separate process group, so that everything it started can be stopped with it.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => output.push(part));
  const code = await new Promise<number | null>((resolve) => {
    const late = setTimeout(() => end(child.pid), 300_000);
    child.on("exit", (status) => {
      clearTimeout(late);
      end(child.pid);
      resolve(status);
    });
  });
  console.log(`${code === 0 ? "followed" : "FAILED  "} ${guide.name}`);
  for (const line of leftOut) console.log(`         left out: ${line}`);
  if (code !== 0) console.log(Buffer.concat(output).toString());
  return code === 0;
}

function end(group: number | undefined): void {
  try {
    if (group !== undefined) process.kill(-group, "SIGTERM");
  } catch {
    // It has already ended.
  }
}
