import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { Problem } from "../src/repository/problem.ts";
import { run } from "../src/repository/run.ts";
import { packAll } from "../src/tarball/pack.ts";

// Installs what would be published into an empty project, and uses it on each Node that it promises to run on. The packages
// have to be built, and the Nodes installed: they are those of the client's runtimes.
const VERSIONS = ["22", "24", "26"];
const root = join(import.meta.dirname, "../../..");
const folder = await mkdtemp(join(tmpdir(), "dots-use-"));
try {
  const packed = await packAll(root, join(folder, "tarballs"));
  await writeFile(join(folder, "package.json"), '{ "name": "consumer", "private": true }');
  await copyFile(join(root, ".github/use-packages.mjs"), join(folder, "use-packages.mjs"));
  await run("npm", ["install", "--ignore-scripts", ...packed.map(({ file }) => file)], { cwd: folder });
  for (const version of VERSIONS) {
    const node = join(root, `packages/client/runtimes/node_modules/node${version}/bin/node`);
    const env = { ...process.env, PATH: [dirname(node), process.env["PATH"]].join(delimiter) };
    const printed = await run(node, ["use-packages.mjs"], { cwd: folder, env });
    console.log(printed.trim().split("\n").at(-1));
  }
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}
