import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const PROGRAM = fileURLToPath(new URL("../src/check-node.js", import.meta.url));

/** Runs the script as if this were another version of Node. */
function runAs(version: string): { status: number | null; stderr: string } {
  const versions = `{ ...process.versions, node: "${version}" }`;
  const pretend = `data:text/javascript,Object.defineProperty(process, "versions", { value: ${versions} })`;
  return spawnSync(process.execPath, ["--import", pretend, PROGRAM], { encoding: "utf8" });
}

it("fails an install whose Node would be too old for the scripts", () => {
  const [major] = process.versions.node.split(".");
  expect(runAs("20.20.2")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(`Node 20.20.2, which is too old. Install Node ${major} or later`),
  });
});

// The lockfile's own has run it when this repository was installed.
it("accepts later ones", () => {
  expect(runAs("126.0.0")).toMatchObject({ status: 0, stderr: "" });
});
