import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeApi } from "../api/fake-api.ts";
import { scratchFolder } from "../api/scratch.ts";
import { sharedServer } from "../postgres/servers.ts";
import { type Ended, inProcess, spawned } from "./command-line.ts";

const ROWS = `id,amount,payee.country_code,payee.phone_number\na-1,1000,1,2025550139\na-2,2050,1,2025550140\n`;
const bin = fileURLToPath(new URL("../../bin/dots-outbox.js", import.meta.url));

const server = sharedServer();
let folder = "";
let api: FakeApi;
let store = "";

beforeEach(async () => {
  folder = scratchFolder("outbox-command");
  api = await FakeApi.start();
  store = await server.create();
  writeFileSync(join(folder, "a.csv"), ROWS);
});
afterEach(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

const PASSWORD = /secret-of-the-database/;

function outbox(...args: string[]): Promise<Ended> {
  return inProcess(folder, args);
}

function run(): Promise<Ended> {
  return outbox("run", "a.csv", "--call", "payouts.send", "--store", store, "--base-url", api.url, "--yes");
}

describe("dots-outbox with a store in PostgreSQL", () => {
  it("sends a file, shows and exports it, and never shows the password", async () => {
    const ran = await run();
    expect(ran).toMatchObject({ code: 0 });
    expect(api.made).toHaveLength(2);
    const others = [
      await run(),
      await outbox("status", "--store", store),
      await outbox("status", "--json", "--store", store),
      await outbox("export", "--store", store, "--output", "a.html"),
      await outbox("export", "--store", store),
      await outbox("history", "a-1", "--store", store),
      await outbox("resume", "--store", store),
    ];
    expect(others.map(({ code }) => code)).toEqual(others.map(() => 0));
    expect(api.received).toHaveLength(2);
    expect(others[1]?.out).toContain(`postgres://postgres@127.0.0.1:${server.port}/postgres: ${api.url}`);
    for (const { out, err } of [ran, ...others]) expect(`${out}${err}`).not.toMatch(PASSWORD);
  });

  it.each([
    ["a wrong password", (url: string) => url.replace("secret-of-the-database", "secret-of-the-database-2")],
    ["a closed port", (url: string) => url.replace(/:\d+\//, ":1/")],
    ["a database that is not there", (url: string) => url.replace("/postgres?", "/nothing?")],
    ["a password that is not encoded", (url: string) => url.replace("secret-of", "/secret-of")],
    [
      "a password that is not encoded, and a hash",
      (url: string) => url.replace(":secret-of", ":1#secret-of"),
    ],
    ["an invalid URL", (url: string) => url.replace("@127.0.0.1", "@")],
  ])("never shows the password: %s", async (_, change) => {
    const ended = await outbox("status", "--store", change(store));
    expect(ended).toMatchObject({ code: 2, out: "" });
    expect(ended.err).toContain("The store");
    expect(ended.err).not.toMatch(PASSWORD);
    expect(ended.err).not.toContain("at ");
  });

  it.each([
    ["a space before it", (url: string) => ` ${url}`],
    ["quotes around it", (url: string) => `"${url}"`],
    ["the name of another driver", (url: string) => url.replace("postgres:", "postgresql+psycopg:")],
    ["the name of JDBC", (url: string) => `jdbc:${url}`],
    ["one slash", (url: string) => url.replace("//", "/")],
    ["words instead of a URL", () => "host=127.0.0.1 password=secret-of-the-database dbname=shop"],
  ])("does not take a mistyped URL for the name of a file: %s", async (_, change) => {
    const given = change(store);
    for (const args of [
      ["status", "--store", given],
      ["run", "a.csv", "--call", "payouts.send", "--store", given, "--base-url", api.url, "--yes"],
    ]) {
      const ended = await outbox(...args);
      expect(ended).toMatchObject({ code: 2, out: "" });
      expect(ended.err).toContain("starts with postgres://");
      expect(ended.err).not.toMatch(PASSWORD);
    }
    expect(readdirSync(folder)).toEqual(["a.csv"]);
  });

  it("says what to do if the password is missing", async () => {
    const ended = await outbox("status", "--store", store.replace(":secret-of-the-database", ""));
    expect(ended).toMatchObject({ code: 2, out: "" });
    expect(ended.err).toContain("Set PGPASSWORD");
  });

  it("warns that no worker sends the pending rows", async () => {
    const ended = await outbox(
      ...["run", "a.csv", "--call", "payouts.send", "--store", store, "--base-url", api.url, "--yes"],
      ...["--max-total", "1"],
    );
    expect(ended).toMatchObject({ code: 3 });
    const { out } = await outbox("status", "--store", store);
    expect(out).toContain("No worker is running to send the pending rows");
  });

  it("reports that there is no store", async () => {
    const ended = await outbox("status", "--store", store);
    expect(ended).toMatchObject({ code: 2 });
    expect(ended.err).toContain("There is no store in postgres://postgres@127.0.0.1");
  });

  // Windows has no signals: a process can only be killed.
  it.skipIf(process.platform === "win32")(
    "works until SIGTERM, and finishes what is in progress",
    async () => {
      let answer: (() => void) | undefined;
      const answered = new Promise<void>((resolve) => {
        answer = resolve;
      });
      api.before = () => answered;
      const ended = await spawned(folder, ["work", "--store", store, "--base-url", api.url], "", (child) => {
        void (async () => {
          await run0();
          await vi.waitUntil(() => api.received.length === 2, { timeout: 15_000 });
          child.kill("SIGTERM");
          answer?.();
        })();
      });
      expect(ended).toMatchObject({ code: 0 });
      expect(ended.out).toContain("Requests sent: 2");
      expect(ended.out + ended.err).not.toMatch(PASSWORD);
      const status = await outbox("status", "--json", "--store", store);
      expect(JSON.parse(status.out)).toMatchObject({ counts: { accepted: { rows: 2 } }, workers: [] });

      /** Adds the rows without sending them. */
      async function run0(): Promise<void> {
        const { openOutbox } = await import("../../src/index.ts");
        const { Dots } = await import("@dots-payouts/client");
        const dots = new Dots({ baseUrl: api.url, clientId: "client", apiKey: "key" });
        await using added = await openOutbox({ store, dots });
        const payee = { country_code: "1", phone_number: "2025550139" };
        await added.add({ id: "a", call: "payouts.send", body: { amount: 1, payee } });
        await added.add({ id: "b", call: "payouts.send", body: { amount: 1, payee } });
      }
    },
  );

  it.skipIf(process.platform === "win32")("shows the progress of all workers repeatedly", async () => {
    await run();
    const child = spawn(process.execPath, [bin, "status", "--watch", "--store", store], {
      env: { ...process.env, DOTS_CLIENT_ID: "client", DOTS_API_KEY: "key" },
    });
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += String(chunk);
    });
    await vi.waitUntil(() => out.includes("rows decided per second"), { timeout: 15_000 });
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(out).toContain("accepted");
    expect(out).not.toMatch(PASSWORD);
  });

  it("refuses to start a worker for a file", async () => {
    const ended = await outbox("work", "--store", "run.db", "--base-url", api.url);
    expect(ended).toMatchObject({ code: 2 });
    expect(ended.err).toContain("--store postgres://");
  });

  it("says what to install if pg is missing", async () => {
    const hook = `data:text/javascript,${encodeURIComponent(`
      import { registerHooks } from "node:module";
      registerHooks({ resolve(name, context, next) {
        if (name === "pg") throw Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" });
        return next(name, context);
      } });`)}`;
    const child = spawn(process.execPath, ["--import", hook, bin, "status", "--store", store]);
    let err = "";
    child.stderr.on("data", (chunk) => {
      err += String(chunk);
    });
    expect(await once(child, "close")).toEqual([2, null]);
    expect(err.trim()).toBe(
      "dots-outbox: A store in PostgreSQL needs the package pg. Install it next to the outbox: npm install pg",
    );
  });
});
