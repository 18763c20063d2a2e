import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";

const CLI = fileURLToPath(new URL("../src/cli.ts", import.meta.url));

interface Run {
  readonly code: number;
  readonly output: string;
}

function run(...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, output: stdout + stderr });
    });
  });
}

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "codegen-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

describe("dots-codegen", () => {
  it("writes the files of a target", async () => {
    const folder = join(await temporary(), "deep", "generated");
    expect(await run("client", "--out", folder)).toEqual({ code: 0, output: "" });
    expect(await readdir(folder)).toContain("schema.ts");
  });

  it("says which targets there are when it does not know one", async () => {
    const { code, output } = await run("server", "--out", "anywhere");
    expect(code).toBe(1);
    expect(output).toContain('there is no target "server"');
    expect(output).toContain("Targets: client");
  });

  it("names what is wrong with a bundle, and where", async () => {
    const spec = join(await temporary(), "spec.json");
    await writeFile(spec, JSON.stringify({ openapi: "3.1.0" }));
    const { code, output } = await run("client", "--out", "anywhere", "--spec", spec);
    expect(code).toBe(1);
    expect(output).toBe("dots-codegen: #/paths: missing\n");
  });
});
