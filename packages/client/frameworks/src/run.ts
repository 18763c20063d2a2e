import { execFile } from "node:child_process";
import { copyFile, cp, mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { tryNext } from "./next.ts";

// Tries the packed client in frameworks that replace `fetch`, or load packages in their own way.

const run = promisify(execFile);
const here = fileURLToPath(new URL("..", import.meta.url));
const only = process.argv[2] ?? "";
const failed: string[] = [];

const folder = await mkdtemp(join(tmpdir(), "dots-frameworks-"));
await run("pnpm", ["pack", "--out", join(folder, "client.tgz")], { cwd: join(here, "..") });

for (const version of ["14", "15", "16"]) {
  await attempt(`Next ${version}`, `next-${version}`, async (app) => {
    await mkdir(join(app, "app"), { recursive: true });
    await copyFile(join(here, "src/layout.js"), join(app, "app/layout.js"));
    await copyFile(join(here, "src/pay.js"), join(app, "pay.js"));
    return tryNext(app);
  });
}
await attempt("Jest, by require", "jest", async (app) => {
  await copyFile(join(here, "src/jest.test.js"), join(app, "client.test.js"));
  const args = [join(app, "node_modules/jest/bin/jest.js"), "--rootDir", app];
  await run(process.execPath, args, { cwd: app, timeout: 120_000 });
  return [];
});

await rm(folder, { recursive: true });
process.exit(failed.length === 0 ? 0 : 1);

async function attempt(
  name: string,
  app: string,
  work: (folder: string) => Promise<readonly string[]>,
): Promise<void> {
  if (!app.includes(only)) return;
  const place = join(here, "apps", app);
  await unpack(join(place, "node_modules"));
  const problems = await work(place).catch((error: unknown) => [String(error)]);
  console.log(`${problems.length === 0 ? "ok    " : "FAILED"} ${name}`);
  for (const problem of problems) console.log(`       ${problem}`);
  if (problems.length > 0) failed.push(name);
}

/** Puts the client into the packages of an app, as npm would install it. */
async function unpack(modules: string): Promise<void> {
  const library = await realpath(join(here, "../node_modules/openapi-fetch"));
  const options = { recursive: true, dereference: true, force: true };
  await cp(library, join(modules, "openapi-fetch"), options);
  const client = join(modules, "@dots-payouts/client");
  await rm(client, { recursive: true, force: true });
  await mkdir(client, { recursive: true });
  await run("tar", ["-xzf", join(folder, "client.tgz"), "--strip-components=1", "-C", client]);
}
