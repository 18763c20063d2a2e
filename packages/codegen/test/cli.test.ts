import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { runCommand } from "../src/command.ts";
import { smallSpec } from "./client/small-spec.ts";

const CLI = fileURLToPath(new URL("../src/cli.ts", import.meta.url));

interface Run {
  readonly code: number;
  readonly output: string;
}

/** Runs the command in this process, where everything is already loaded. */
async function run(...args: readonly string[]): Promise<Run> {
  const said = vi.spyOn(console, "error").mockReturnValue();
  const code = await runCommand(args);
  const output = said.mock.calls.map(([text]) => `${text}\n`).join("");
  said.mockRestore();
  return { code, output };
}

function start(...args: readonly string[]): Promise<Run> {
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
    const folder = await temporary();
    const out = join(folder, "deep", "generated");
    expect(await start("client", "--out", out, "--cache", folder)).toEqual({ code: 0, output: "" });
    expect(await readdir(out)).toContain("schema.ts");
  });

  it("lists the targets if the given one is unknown", async () => {
    const { code, output } = await run("server", "--out", "anywhere");
    expect(code).toBe(1);
    expect(output).toContain('there is no target "server"');
    expect(output).toContain("Targets: client");
  });

  it("reports what is wrong with a bundle, and where", async () => {
    const spec = join(await temporary(), "spec.json");
    await writeFile(spec, JSON.stringify({ openapi: "3.1.0" }));
    const args = ["client", "--out", "anywhere", "--spec", spec];
    const reported = { code: 1, output: "dots-codegen: #/paths: missing\n" };
    expect(await run(...args)).toEqual(reported);
    expect(await start(...args)).toEqual(reported);
  });

  it("keeps in its cache what the last run used, and rebuilds damaged entries", async () => {
    const folder = await temporary();
    const cache = join(folder, "cache", "client.json");
    const generate = async (property: string): Promise<string> => {
      const spec = join(folder, "spec.json");
      const Order = { type: "object", required: [property] };
      await writeFile(spec, JSON.stringify(smallSpec({ schemas: { Order } })));
      const out = join(folder, "out");
      const ran = await run("client", "--out", out, "--spec", spec, "--cache", join(folder, "cache"));
      expect(ran).toEqual({ code: 0, output: "" });
      return readFile(join(out, "validators.js"), "utf8");
    };
    await generate("leaf");
    const text = await generate("bag");
    const kept = await readFile(cache, "utf8");
    expect(kept).toContain("bag");
    expect(kept).not.toContain("leaf");
    expect(await readdir(join(folder, "cache"))).toEqual(["client.json"]);
    await writeFile(cache, kept.replaceAll("bag", "sieve"));
    expect(await generate("bag")).toBe(text);
    expect(await readFile(cache, "utf8")).toBe(kept);
  });
});
