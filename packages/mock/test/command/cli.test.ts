import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MockError, startMock } from "../../src/index.ts";
import { serveHere, startCommand } from "../command.ts";
import { post } from "../send.ts";
import { manyFiles } from "../spec/many-files.ts";

async function renamedOver(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

/** A spec that is quickly read: cats of an age from `minimum` on can be created. */
const cats = (minimum: number) =>
  JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Cats", version: "1" },
    paths: {
      "/cats": {
        post: {
          operationId: "createCat",
          requestBody: {
            content: {
              "application/json": { schema: { properties: { age: { type: "integer", minimum } } } },
            },
          },
          responses: { 201: { description: "Created." }, 400: { description: "Refused." } },
        },
      },
    },
  });

describe("dots-mock", () => {
  // Windows has no signals: a process can only be killed.
  const hasSignals = process.platform !== "win32";

  it("prints one line with its address, then one line per request, and stops cleanly on SIGTERM", async () => {
    const mock = startCommand("--port", "0");
    const url = await mock.url();
    expect(mock.text()).toMatch(/^The mock listens on http:\/\/127\.0\.0\.1:\d+\n$/);
    await post(`${url}/v2/payout-links`, {});
    const lines = await mock.output(/amount is missing/);
    expect(lines).toMatch(/POST \/v2\/payout-links → 400 \([\d.]+ ms\) {2}\/amount: amount is missing\n$/);
    mock.child.kill("SIGTERM");
    expect(await mock.exit()).toBe(hasSignals ? 0 : null);
  });

  it("writes JSON with --json-logs, and stops cleanly on SIGINT", async () => {
    const mock = startCommand("--port", "0", "--json-logs");
    const [line] = (await mock.output(/\n/)).split("\n");
    const { event, url } = JSON.parse(line ?? "");
    expect(event).toBe("listening");
    await post(`${url}/v2/payout-links`, { amount: 5 });
    const [, entry] = (await mock.output(/"status"/)).split("\n");
    expect(JSON.parse(entry ?? "")).toMatchObject({ status: 200, headers: { authorization: "Basic ***" } });
    mock.child.kill("SIGINT");
    expect(await mock.exit()).toBe(hasSignals ? 0 : null);
  });

  it("prints no requests with --quiet", async () => {
    const mock = await serveHere("--port", "0", "--quiet");
    const url = await mock.url();
    await post(`${url}/v2/payout-links`, {});
    expect((await post(`${url}/v2/payout-links`, { amount: 5 })).status).toBe(200);
    expect(mock.text()).toMatch(/^The mock listens on \S+\n$/);
  });

  it("serves a changed spec without a restart, and the last good one if the change is invalid", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mock-"));
    const spec = join(folder, "openapi.json");
    await writeFile(spec, cats(1));
    const mock = await serveHere("--port", "0", "--spec", spec);
    const url = `${await mock.url()}/cats`;
    expect((await post(url, { age: 0 })).status).toBe(400);
    await writeFile(spec, cats(0));
    await mock.output(/The new version is in use/);
    expect((await post(url, { age: 0 })).status).toBe(201);
    await writeFile(spec, "{");
    expect(await mock.output(/last good version/)).toMatch(/openapi\.json is not valid JSON/);
    expect((await post(url, { age: 0 })).status).toBe(201);
    await rm(folder, { recursive: true });
  });

  it("serves a change of any file that the spec refers to, and of a new file", async () => {
    await using spec = await manyFiles();
    const mock = await serveHere("--port", "0", "--spec", spec.file("openapi.yaml"));
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
    await writeFile(join(folder, "now", "openapi.json"), cats(1));
    await symlink(join(folder, "now"), join(folder, "current"), "junction");
    const mock = await serveHere("--port", "0", "--spec", join(folder, "current", "openapi.json"));
    const url = `${await mock.url()}/cats`;
    expect((await post(url, { age: 0 })).status).toBe(400);
    await replace(folder, cats(0));
    await mock.output(/The new version is in use/);
    expect((await post(url, { age: 0 })).status).toBe(201);
    await rm(folder, { recursive: true });
  });

  it("prints one line about what is wrong, and exits with 2", async () => {
    await using taken = await startMock();
    const { port } = new URL(taken.url);
    const mock = startCommand("--port", port);
    expect(await mock.exit()).toBe(2);
    expect(mock.text()).toMatch(new RegExp(`^dots-mock: Port ${port} is in use\\..*\n$`));
  });

  it.each([
    [["--prot", "1"], "Unknown option '--prot'."],
    [["--port", "x"], "--port needs a whole number"],
    [["--spec", "none.json"], "There is no spec at"],
    [["--username", "u"], "username and password must be given together"],
  ])("says what is wrong with %j in one line", async (args, says) => {
    const served = serveHere(...args);
    await expect(served).rejects.toThrow(MockError);
    await expect(served).rejects.toThrow(says);
    await expect(served).rejects.toThrow(/^.*$/);
  });
});
