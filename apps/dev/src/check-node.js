// Runs after each install, with the Node of the scripts. That is normally the one in the lockfile. On systems for
// which npm has no Node, such as Alpine, it is the machine's own, which may be too old for TypeScript.
import { readFileSync } from "node:fs";

const workspace = readFileSync(new URL("../../../pnpm-workspace.yaml", import.meta.url), "utf8");
const needed = Number(/^nodeVersion: (\d+)/m.exec(workspace)?.[1]);
const { versions, platform, arch } = process;

if (Number.parseInt(versions.node, 10) < needed) {
  console.error(
    `The lockfile has no Node for this system (${platform} ${arch}), or it was not installed. Scripts would run on yours, Node ${versions.node}, which is too old. Install Node ${needed} or later, and run this again.`,
  );
  process.exitCode = 1;
}
