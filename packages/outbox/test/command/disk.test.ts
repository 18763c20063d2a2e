import { spawn } from "node:child_process";
import { rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeApi } from "../api/fake-api.ts";
import { scratchFolder } from "../api/scratch.ts";
import { inProcess, spawned } from "./command-line.ts";

const bin = fileURLToPath(new URL("../../bin/dots-outbox.js", import.meta.url));
const ROWS = 60;

let folder = "";
let api: FakeApi;
beforeEach(async () => {
  folder = scratchFolder("outbox-disk");
  api = await FakeApi.start();
  const lines = Array.from({ length: ROWS }, (_, n) => `d-${n},100,1,20255504${n + 10}\n`);
  writeFileSync(join(folder, "a.csv"), `id,amount,payee.country_code,payee.phone_number\n${lines.join("")}`);
});
afterEach(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

function run(...more: string[]): string[] {
  const target = ["--call", "payouts.send", "--store", "run.db", "--base-url", api.url];
  return ["run", "a.csv", ...target, "--yes", ...more];
}

/** Adds the rows, and sends none. */
async function add(): Promise<void> {
  expect(await inProcess(folder, ["add", ...run().slice(1)])).toMatchObject({ code: 0 });
  expect(api.received).toHaveLength(0);
}

/** Runs the command with a limit on the size of files, in bytes. */
function limited(size: number, args: readonly string[]) {
  const line = `ulimit -f ${Math.floor(size / 512)}; exec "$0" "$@"`;
  const env = { ...process.env, DOTS_CLIENT_ID: "client", DOTS_API_KEY: "key" };
  const child = spawn("/bin/sh", ["-c", line, process.execPath, bin, ...args], { cwd: folder, env });
  const err: string[] = [];
  const out: string[] = [];
  child.stderr.on("data", (chunk) => err.push(String(chunk)));
  child.stdout.on("data", (chunk) => out.push(String(chunk)));
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, out: out.join(""), err: err.join("") })),
  );
}

/** Runs the command within a shell line, where `$0 $@` is the command. */
function inShell(line: string, args: readonly string[]): Promise<number | null> {
  const env = { ...process.env, DOTS_CLIENT_ID: "client", DOTS_API_KEY: "key" };
  const child = spawn("/bin/sh", ["-c", line, process.execPath, bin, ...args], { cwd: folder, env });
  return new Promise((resolve) => child.once("close", resolve));
}

describe.skipIf(process.platform === "win32")("output that can't be written", () => {
  it.runIf(process.platform === "linux")("makes export fail on a full disk", async () => {
    await add();
    expect(await inShell('"$0" "$@" > /dev/full', ["export", "--store", "run.db"])).toBe(2);
    expect(await inShell('"$0" "$@" | head -n 1', ["export", "--store", "run.db"])).toBe(0);
  });

  it("ends status --watch", { timeout: 20_000 }, async () => {
    await add();
    expect(await inShell('"$0" "$@" | head -n 1', ["status", "--watch", "--store", "run.db"])).toBe(0);
  });
});

describe.skipIf(process.platform === "win32")("a store whose file cannot grow", () => {
  it("sends nothing if the rows can't be stored", async () => {
    const { code, err } = await limited(64 * 1_024, run());
    expect(code).toBe(2);
    expect(err).toContain("Look at its disk, then try again");
    expect(api.received).toHaveLength(0);
  });

  it("sends only stored rows, and continues when there is space", async () => {
    await add();
    const size = statSync(join(folder, "run.db")).size;
    const { code, out } = await limited(Math.max(size, 300 * 1_024), [
      "resume",
      "--store",
      "run.db",
      "--concurrency",
      "1",
    ]);
    expect(code).toBe(3);
    expect(out).toContain("cannot be used");
    expect(api.received.length).toBeLessThan(ROWS);
    const store = new DatabaseSync(join(folder, "run.db"), { readOnly: true });
    const kept = store.prepare("SELECT id FROM outbox_intent WHERE attempts > 0").all();
    store.close();
    const ids = new Set(kept.map(({ id }) => id));
    expect(api.received.filter(({ reference }) => !ids.has(reference ?? ""))).toEqual([]);
    expect(await inProcess(folder, ["resume", "--store", "run.db"])).toMatchObject({ code: 0 });
    expect(new Set(api.made.map(({ reference }) => reference)).size).toBe(ROWS);
    expect(api.made).toHaveLength(ROWS);
  });
});

describe("a store that another process uses", () => {
  it("has one sender, and accepts rows in the meantime", async () => {
    await add();
    writeFileSync(
      join(folder, "b.csv"),
      "id,amount,payee.country_code,payee.phone_number\nlate,7,1,2025550555\n",
    );
    const arrived = new Promise<void>((resolve) => {
      api.options = {
        behave: ({ n }) => {
          if (n === 3) resolve();
          return "answer";
        },
      };
    });
    const args = ["resume", "--store", "run.db", "--per-second", "40", "--concurrency", "2"];
    const ended = spawned(folder, args);
    await arrived;
    const second = await inProcess(folder, ["resume", "--store", "run.db"]);
    expect(second).toMatchObject({ code: 2, err: expect.stringContaining("Another process is sending") });
    // It is added, and the other process sends it.
    expect(await inProcess(folder, run().with(1, "b.csv"))).toMatchObject({ code: 2 });
    expect(await inProcess(folder, ["status", "--store", "run.db"])).toMatchObject({ code: 3 });
    expect(await ended).toMatchObject({ code: 0 });
    expect(api.made).toHaveLength(ROWS + 1);
    expect(new Set(api.received.map(({ key }) => key)).size).toBe(ROWS + 1);
  });

  it("fails with a message if it is locked", async () => {
    await add();
    const other = new DatabaseSync(join(folder, "run.db"));
    other.exec("BEGIN EXCLUSIVE");
    const { code, err } = await inProcess(folder, ["resume", "--store", "run.db"]);
    other.close();
    expect(code).toBe(2);
    expect(err).toContain("Another process is writing the store");
    expect(api.received).toHaveLength(0);
  });
});
