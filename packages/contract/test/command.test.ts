import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Behaviour, PASSWORD, startReference, USERNAME } from "./reference/server.ts";

const bin = join(import.meta.dirname, "../bin/dots-contract.js");

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const { DOTS_CLIENT_ID: _, DOTS_API_KEY: __, ...inherited } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [bin, ...args],
      { env: { ...inherited, NO_COLOR: "1", ...env }, maxBuffer: 50_000_000 },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

async function check(behaviour: Behaviour, ...args: string[]): Promise<Ended> {
  await using server = await startReference(behaviour);
  return await run([server.url, "--username", USERNAME, "--password", PASSWORD, ...args]);
}

describe("dots-contract", () => {
  it("ends with 0 where the server keeps the spec", async () => {
    const { code, stdout, stderr } = await check({}, "--seed", "3");
    expect(stdout).toMatch(/kept all \d+ promises\.\n\d+ requests in [\d.]+ s · seed 3\n$/);
    expect(stderr).toMatch(
      /^Checking \d+ promises of http:\/\/127\.0\.0\.1:\d+ \(seed 3\)\.\nA server that keeps them makes at most: \d+ by createPayoutLink/,
    );
    expect(code).toBe(0);
  });

  it("ends with 1 where it does not", async () => {
    const { code, stdout } = await check({ authorized: () => true }, "--only", "authenticates");
    expect(stdout).toContain("wrong credentials are accepted");
    expect(stdout).not.toContain(PASSWORD);
    expect(code).toBe(1);
  });

  it("ends with 2 and one line where it could not run", async () => {
    const { code, stdout, stderr } = await run(["http://127.0.0.1:1", "--seed", "1"]);
    expect(stdout).toBe("");
    expect(stderr.trim().split("\n").at(-1)).toBe(
      "dots-contract: nothing listens at http://127.0.0.1:1. Start the server, or check the URL.",
    );
    expect(code).toBe(2);
  });

  it.each([
    [[], "which server?"],
    [["http://a", "http://b"], "one base URL"],
    [["http://a", "--reporter", "xml"], "--reporter is one of pretty, json, junit, html"],
    [["http://a", "--seed", "x"], "--seed takes a whole number"],
    [["http://a", "--concurrency", "0"], "--concurrency takes a whole number from 1 on"],
    [["http://a", "--shard", "3/2"], "--shard takes the number of a part"],
    [["http://a", "--colour"], "unknown option '--colour'"],
    [["http://a", "--output", "/no/such/folder/report"], "cannot be written"],
    [["https://api.dots.dev/api"], "--allow-production"],
  ])("says what is wrong with %j", async (args, message) => {
    const { code, stderr } = await run(args);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(2);
  });

  it("takes credentials from the environment", async () => {
    await using server = await startReference();
    const env = { DOTS_CLIENT_ID: USERNAME, DOTS_API_KEY: PASSWORD };
    expect((await run([server.url, "--only", "example"], env)).code).toBe(0);
  });

  it("writes the report to a file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "contract-"));
    try {
      const file = join(folder, "report.json");
      const { code, stdout } = await check(
        {},
        "--only",
        "accepts/example-",
        "--reporter",
        "json",
        "--output",
        file,
      );
      expect(stdout).toBe("");
      expect(code).toBe(0);
      expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ passed: 8, failed: 0 });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("shows its options", async () => {
    const { code, stdout } = await run(["--help"]);
    expect(stdout).toContain("--shard <i/n>");
    expect(code).toBe(0);
  });
});
