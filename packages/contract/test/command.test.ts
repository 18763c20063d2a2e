import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseCommand } from "../src/command/options.ts";
import { runCommand } from "../src/command/run-command.ts";
import { CannotRun } from "../src/index.ts";
import { overlooks } from "./faults/fault.ts";
import { type Behavior, PASSWORD, startReference, USERNAME } from "./reference/server.ts";

const bin = join(import.meta.dirname, "../bin/dots-contract.js");

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const { DOTS_CLIENT_ID: _, DOTS_API_KEY: __, ...inherited } = process.env;

/** Runs the installed command. */
function runProcess(args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [bin, ...args],
      { env: { ...inherited, NO_COLOR: "1" }, maxBuffer: 50_000_000 },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

/** Runs the command in this process, which has already loaded it. */
async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const written = { stdout: "", stderr: "" };
  const into = (name: keyof typeof written) => ({
    write(text: string) {
      written[name] += text;
    },
  });
  const surroundings = { stdout: into("stdout"), stderr: into("stderr"), env: { ...inherited, ...env } };
  const code = await runCommand(args, surroundings);
  return { code, ...written };
}

const toServer = (url: string, args: readonly string[]): string[] => [
  ...[url, "--username", USERNAME, "--password", PASSWORD, "--quick", ...args],
];

async function check(behavior: Behavior, ...args: string[]): Promise<Ended> {
  await using server = await startReference(behavior);
  return await run(toServer(server.url, args));
}

async function checkByProcess(behavior: Behavior, ...args: string[]): Promise<Ended> {
  await using server = await startReference(behavior);
  return await runProcess(toServer(server.url, args));
}

describe("dots-contract", () => {
  it("exits with 0 if the server keeps all promises", async () => {
    const { code, stdout, stderr } = await checkByProcess(
      {},
      "--seed",
      "3",
      "--only",
      "createPayoutRequest/accepts",
    );
    expect(stdout).toMatch(/kept all \d+ promises\.\n\d+ requests in [\d.]+ s · seed 3\n$/);
    expect(stderr).toMatch(
      /^Checking \d+ promises of http:\/\/127\.0\.0\.1:\d+ \(seed 3\)\.\nA correct server creates at most: \d+ by createPayoutRequest/,
    );
    expect(code).toBe(0);
  });

  it("exits with 1 if it does not", async () => {
    const { code, stdout } = await checkByProcess(
      { authorized: () => true },
      "--only",
      "createPayoutRequest/authenticates/wrong",
    );
    expect(stdout).toContain("wrong credentials are accepted");
    expect(stdout).not.toContain(PASSWORD);
    expect(code).toBe(1);
  });

  it("exits with 2 and one line if it could not run", async () => {
    const { code, stdout, stderr } = await run(["http://127.0.0.1:1", "--seed", "1"]);
    expect(stdout).toBe("");
    expect(stderr.trim().split("\n").at(-1)).toBe(
      "dots-contract: nothing listens at http://127.0.0.1:1. Start the server, or check the URL.",
    );
    expect(code).toBe(2);
  });

  // Arguments are checked before anything else is loaded, so separate processes would not test more.
  it.each([
    [["http://a", "http://b"], "one base URL"],
    [["http://a", "--reporter", "xml"], "--reporter is one of pretty, json, junit, html, github"],
    [["http://a", "--seed", "x"], "--seed takes a whole number"],
    [["http://a", "--concurrency", "0"], "--concurrency takes a whole number, at least 1"],
    [["http://a", "--shard", "3/2"], "--shard takes the number of a part"],
    [["http://a", "--reporter", "json", "--reporter", "html"], "all reports but one need their own file"],
    [["http://a", "--fail-on", "mony"], "--fail-on takes money, security, data, form"],
    [["http://a", "--header", "nothing"], "--header takes a name and a value"],
    [["http://a", "--cert", "a.pem"], "--cert and --key must be used together"],
    [["http://a", "--ca", "no-such.pem"], "--ca: the file no-such.pem cannot be read"],
    [["http://a", "--webhook-listen", "4020"], "--webhook-listen needs --webhook-secret"],
    [["http://a", "--webhook-secret", "whsec_AAAA"], "--webhook-secret needs --webhook-listen"],
    [["http://a", "--colour"], "unknown option '--colour'"],
    [["http://a", "--app-id", "--strict"], "--app-id needs a value"],
  ])("refuses %j", async (args, message) => {
    const parsed = parseCommand(args, {});
    await expect(parsed).rejects.toThrow(CannotRun);
    await expect(parsed).rejects.toThrow(message);
  });

  it.each([
    [[], "no server given"],
    [["http://a", "--baseline", "no-such.json"], "the baseline no-such.json cannot be read"],
    [["http://a", "--proxy", "socks://b"], "is not the URL of an HTTP proxy"],
    [["http://a", "--app-id"], "--app-id needs a value, which is sent as the header Api-App-Id"],
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

  it("sends headers with an option in the spec, to the operations that have them", async () => {
    const sent: unknown[] = [];
    await using server = await startReference({
      authorized(right, _, { request }) {
        sent.push(request.headers["api-app-id"]);
        return right;
      },
      reply: (reply, { kind }) => (kind === "created" ? { ...reply, status: 203 } : reply),
    });
    const args = [
      "--username",
      USERNAME,
      "--password",
      PASSWORD,
      "--only",
      "createPayoutRequest/accepts/example",
    ];
    const { stdout } = await run([server.url, ...args, "--app-id=app_7"]);
    expect(sent.length).toBeGreaterThan(3);
    expect(new Set(sent)).toEqual(new Set(["app_7"]));
    expect(stdout).toMatch(/curl .*-H 'api-app-id: app_7'/);
  });

  it("writes several reports in one run, each completely", async () => {
    await withFolder(async (folder) => {
      const [json, xml, page] = ["report.json", "report.xml", "report.html"].map((name) =>
        join(folder, name),
      );
      const { code, stdout } = await check(
        {},
        ...["--only", "accepts/example-", "--reporter", `json=${json}`],
        ...["--reporter", `junit=${xml}`, "--reporter", "html", "--output", String(page)],
      );
      expect(stdout).toBe("");
      expect(code).toBe(0);
      expect(JSON.parse(await readFile(String(json), "utf8"))).toMatchObject({
        passed: expect.any(Number),
        failed: 0,
        causes: [],
      });
      expect(await readFile(String(xml), "utf8")).toMatch(/<\/testsuites>\n$/);
      expect(await readFile(String(page), "utf8")).toMatch(/<\/html>\n$/);
      expect(await readdir(folder)).toHaveLength(3);
    });
  });

  it("keeps the previous report if it could not run", async () => {
    await withFolder(async (folder) => {
      const file = join(folder, "report.json");
      await writeFile(file, "before");
      const { code } = await run(["http://127.0.0.1:1", "--reporter", "json", "--output", file]);
      expect(code).toBe(2);
      expect(await readFile(file, "utf8")).toBe("before");
      expect(await readdir(folder)).toEqual(["report.json"]);
    });
  });

  const takesZero = overlooks(({ instancePath }) => instancePath === "/amount");
  const unusual: Behavior = { missing: (reply) => ({ ...reply, status: 200 }) };

  it("exits with 1 for the selected severities, and for no others", async () => {
    const only = ["--only", "createPayoutLink/refuses/amount-0,sendPayout/survives/unknown-path"];
    expect((await check(takesZero, ...only, "--fail-on", "money,security")).code).toBe(1);
    expect((await check(unusual, ...only, "--fail-on", "money,security")).code).toBe(0);
  });

  it("exits with 0 for differences from assumptions, unless the run is strict", async () => {
    const takesUnknown = overlooks(({ keyword }) => keyword === "unevaluatedProperties");
    const only = ["--only", "createPayoutLink/refuses/an-unknown"];
    const { code, stdout } = await check(takesUnknown, ...only);
    expect(stdout).toContain("Differs from what the spec only assumes");
    expect(code).toBe(0);
    expect((await check(takesUnknown, ...only, "--strict")).code).toBe(1);
  });

  it("exits with 1 only for failures that the baseline does not have", async () => {
    await withFolder(async (folder) => {
      const baseline = join(folder, "known.json");
      const only = ["--only", "createPayoutRequest/refuses/amount,sendPayout/survives/unknown-path"];
      expect((await check(takesZero, ...only, "--reporter", `json=${baseline}`)).code).toBe(1);
      const again = await check(takesZero, ...only, "--baseline", baseline);
      expect(again.stdout).toContain("(known)");
      expect(again.code).toBe(0);
      expect((await check({ ...takesZero, ...unusual }, ...only, "--baseline", baseline)).code).toBe(1);
    });
  });

  it("writes a script for each cause, and annotations and a summary for GitHub", async () => {
    await withFolder(async (folder) => {
      await using server = await startReference(takesZero);
      const summary = join(folder, "summary.md");
      const { stdout } = await run(
        [
          ...[
            server.url,
            "--username",
            USERNAME,
            "--password",
            PASSWORD,
            "--only",
            "createPayoutLink/refuses/amount",
          ],
          ...["--reporter", "github", "--export", join(folder, "scripts")],
        ],
        { GITHUB_STEP_SUMMARY: summary },
      );
      expect(stdout).toMatch(/^::error title=money%3A not refused/);
      expect(await readFile(summary, "utf8")).toContain("## ❌ Broke");
      const scripts = await readdir(join(folder, "scripts"));
      expect(scripts[0]).toMatch(/^01-money-not-refused-amount.*\.sh$/);
      expect(await readFile(join(folder, "scripts", String(scripts[0])), "utf8")).toMatch(/^#!\/bin\/sh\n/);
    });
  });

  it("lists what it has created", async () => {
    const { stderr } = await check({}, "--only", "sendPayout/idempotency/other-key", "--list-created");
    expect(stderr).toMatch(
      /Created by this run \(3\):\n( {2}sendPayout [0-9a-f-]{36}( [0-9a-f-]{36})?\n){3}/,
    );
  });

  it("prints its options", async () => {
    const { code, stdout } = await run(["--help"]);
    expect(stdout).toContain("--shard <i/n>");
    expect(stdout).toContain("--app-id <value>");
    expect(stdout).toContain("the header Dots-User-IP");
    expect(code).toBe(0);
  });
});

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "contract-"));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
