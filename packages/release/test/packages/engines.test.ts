import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = new URL("../../../../", import.meta.url);

describe.each(["contract", "mock", "outbox"])("the command of %s", (name) => {
  const folder = new URL(`packages/${name}/`, ROOT);
  const { bin, engines } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));
  const needed = String(engines.node).replace(">=", "");
  const [command = ""] = Object.keys(bin);

  /** Runs the command as if this were another version of Node. */
  function runAs(version: string): { status: number | null; stderr: string } {
    const versions = `{ ...process.versions, node: "${version}" }`;
    const pretend = `data:text/javascript,Object.defineProperty(process, "versions", { value: ${versions} })`;
    const program = new URL(`packages/${name}/bin/${command}.js`, ROOT);
    return spawnSync(process.execPath, ["--import", pretend, fileURLToPath(program), "--help"], {
      encoding: "utf8",
    });
  }

  it("names the Node that it needs on an older one, and ends", () => {
    expect(runAs("20.20.2")).toMatchObject({
      status: 2,
      stderr: `${command} needs Node ${needed} or later, and this is Node 20.20.2.\n`,
    });
  });

  it("runs on the oldest Node that its package allows", () => {
    const oldest = [...needed.split("."), "0", "0"].slice(0, 3).join(".");
    expect(runAs(oldest)).toMatchObject({ status: 0, stderr: "" });
  });
});
