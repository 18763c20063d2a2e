import { copyFile, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startMock } from "../../src/index.ts";
import { startCommand } from "../command.ts";
import { post } from "../send.ts";
import { manyFiles } from "../spec/many-files.ts";

async function renamedOver(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

const BUNDLE = createRequire(import.meta.url).resolve("@dots-payouts/spec/openapi.json");

describe("dots-mock", () => {
  it("prints one line with its address, and then one line per request", async () => {
    const mock = startCommand("--port", "0");
    const url = await mock.url();
    expect(await mock.output(/./)).toMatch(/^The mock listens on http:\/\/127\.0\.0\.1:\d+\n$/);
    await post(`${url}/v2/payout-links`, {});
    const lines = await mock.output(/amount is missing/);
    expect(lines).toMatch(/POST \/v2\/payout-links → 400 \([\d.]+ ms\) {2}\/amount: amount is missing\n$/);
  });

  // Windows has no signals: a process can only be killed.
  it.skipIf(process.platform === "win32").each(["SIGTERM", "SIGINT"] as const)(
    "stops cleanly on %s",
    async (signal) => {
      const mock = startCommand("--port", "0");
      await mock.url();
      mock.child.kill(signal);
      expect(await mock.exit()).toBe(0);
    },
  );

  it("prints no requests with --quiet", async () => {
    const mock = startCommand("--port", "0", "--quiet");
    await post(`${await mock.url()}/v2/payout-links`, {});
    mock.child.kill("SIGTERM");
    await mock.exit();
    expect(await mock.output(/./)).toMatch(/^The mock listens on \S+\n$/);
  });

  it("writes JSON with --json-logs", async () => {
    const mock = startCommand("--port", "0", "--json-logs");
    const [line] = (await mock.output(/\n/)).split("\n");
    const { event, url } = JSON.parse(line ?? "");
    expect(event).toBe("listening");
    await post(`${url}/v2/payout-links`, { amount: 5 });
    const [, entry] = (await mock.output(/"status"/)).split("\n");
    expect(JSON.parse(entry ?? "")).toMatchObject({ status: 200, headers: { authorization: "Basic ***" } });
  });

  it("serves a changed spec without a restart, and the last good one if the change is invalid", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mock-"));
    const spec = join(folder, "openapi.json");
    await copyFile(BUNDLE, spec);
    const mock = startCommand("--port", "0", "--spec", spec);
    const url = `${await mock.url()}/v2/payout-links`;
    const text = await readFile(spec, "utf8");
    await writeFile(spec, text.replaceAll("exclusiveMinimum", "minimum"));
    await mock.output(/The new version is in use/);
    expect((await post(url, { amount: 0 })).status).toBe(200);
    await writeFile(spec, "{");
    expect(await mock.output(/last good version/)).toMatch(/openapi\.json is not valid JSON/);
    expect((await post(url, { amount: 0 })).status).toBe(200);
    await rm(folder, { recursive: true });
  });

  it("serves a change of any file that the spec refers to, and of a new file", async () => {
    await using spec = await manyFiles();
    const mock = startCommand("--port", "0", "--spec", spec.file("openapi.yaml"));
    const url = `${await mock.url()}/cats`;
    expect((await post(url, { age: 0 })).status).toBe(400);
    await spec.write("schemas/age.yaml", "type: integer\nminimum: 0\n");
    await mock.output(/The new version is in use/);
    expect((await post(url, { age: 0 })).status).toBe(201);
    await spec.write("schemas/age.yaml", "$ref: limits.yaml#/age\n");
    expect(await mock.output(/last good version/)).toContain("a reference points to schemas/limits.yaml");
    await spec.write("schemas/limits.yaml", "age: { type: integer, minimum: 5 }\n");
    await mock.output(/The new version is in use[\s\S]*The new version is in use/);
    expect((await post(url, { age: 4 })).status).toBe(400);
  });

  type Replacing = [what: string, replace: (folder: string, text: string) => Promise<void>];
  const ways: Replacing[] = [
    ["is renamed over", (folder, text) => renamedOver(join(folder, "now", "openapi.json"), text)],
    [
      "is in a folder that is replaced",
      async (folder, text) => {
        await rename(join(folder, "now"), join(folder, "before"));
        await mkdir(join(folder, "now"));
        await writeFile(join(folder, "now", "openapi.json"), text);
      },
    ],
    [
      "is behind a link that leads elsewhere now",
      async (folder, text) => {
        await mkdir(join(folder, "next"));
        await writeFile(join(folder, "next", "openapi.json"), text);
        await symlink("next", join(folder, "link"));
        await rename(join(folder, "link"), join(folder, "current"));
      },
    ],
    [
      "is behind a link, and is edited",
      (folder, text) => writeFile(join(folder, "now", "openapi.json"), text),
    ],
  ];
  // On Windows, a rename does not replace a link.
  const possible = ways.filter(([what]) => process.platform !== "win32" || !what.includes("leads elsewhere"));
  it.each(possible)("serves a changed spec if its file %s", async (_what, replace) => {
    const folder = await mkdtemp(join(tmpdir(), "mock-"));
    await mkdir(join(folder, "now"));
    await copyFile(BUNDLE, join(folder, "now", "openapi.json"));
    await symlink(join(folder, "now"), join(folder, "current"), "junction");
    const text = (await readFile(BUNDLE, "utf8")).replaceAll("exclusiveMinimum", "minimum");
    const mock = startCommand("--port", "0", "--spec", join(folder, "current", "openapi.json"));
    const url = `${await mock.url()}/v2/payout-links`;
    expect((await post(url, { amount: 0 })).status).toBe(400);
    await replace(folder, text);
    await mock.output(/The new version is in use/);
    expect((await post(url, { amount: 0 })).status).toBe(200);
    await rm(folder, { recursive: true });
  });

  it("prints one line about what is wrong, and exits with 2", async () => {
    await using taken = await startMock();
    const { port } = new URL(taken.url);
    const faults = [
      { args: ["--port", port], says: `dots-mock: Port ${port} is in use.` },
      { args: ["--prot", "1"], says: "dots-mock: Unknown option '--prot'." },
      { args: ["--port", "x"], says: "dots-mock: --port needs a whole number" },
      { args: ["--spec", "none.json"], says: "dots-mock: There is no spec at" },
      { args: ["--username", "u"], says: "dots-mock: username and password must be given together" },
    ];
    for (const { args, says } of faults) {
      const mock = startCommand(...args);
      const text = await mock.output(/\n/);
      expect(text).toContain(says);
      expect(text.trimEnd().split("\n")).toHaveLength(1);
      expect(await mock.exit()).toBe(2);
    }
  });
});
