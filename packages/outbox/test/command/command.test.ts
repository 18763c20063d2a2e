import type { ChildProcess } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeApi } from "../api/fake-api.ts";
import { scratchFolder } from "../api/scratch.ts";
import { type Ended, inProcess, spawned } from "./command-line.ts";

const HEADER = "id,amount,payee.country_code,payee.phone_number,metadata.order,memo\n";
const ROWS = `${HEADER}a-1,1000,1,0025550139,A-1,October\na-2,2050,1,2025550140,,"October, 9 lessons"\n`;

let folder = "";
let api: FakeApi;
beforeEach(async () => {
  folder = scratchFolder("outbox-command");
  api = await FakeApi.start();
});
afterEach(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

function outbox(args: readonly string[]): Promise<Ended> {
  return inProcess(folder, args);
}

function write(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return name;
}

function run(file: string, ...more: string[]): string[] {
  return [
    "run",
    file,
    "--call",
    "payouts.send",
    "--store",
    "run.db",
    "--base-url",
    api.url,
    "--yes",
    ...more,
  ];
}

describe("dots-outbox run", () => {
  it("sends each row of a file once, exactly as written", async () => {
    const first = await spawned(folder, run(write("a.csv", ROWS)));
    expect(first).toMatchObject({ code: 0 });
    expect(first.err).toContain(`2 rows of payouts.send, to ${api.url}`);
    expect(first.err).toContain("30.50 in all, at most 20.50 for one");
    const again = await outbox(run("a.csv"));
    expect(again).toMatchObject({ code: 0 });
    expect(again.err).toContain("2 rows of the file are already in the store");
    expect(api.received).toHaveLength(2);
    const sent = api.received
      .map(({ text }) => JSON.parse(text))
      .sort((one, other) => one.amount - other.amount);
    expect(sent).toMatchObject([
      {
        amount: 1000,
        payee: { country_code: "1", phone_number: "0025550139" },
        metadata: { order: "A-1", outbox_id: "a-1" },
      },
      { amount: 2050, memo: "October, 9 lessons", metadata: { outbox_id: "a-2" } },
    ]);
  });

  it("starts under a tracer that wraps fetch only if the caller vouches for it", async () => {
    const real = globalThis.fetch;
    globalThis.fetch = (...args) => real(...args);
    try {
      const refused = await outbox(run(write("a.csv", ROWS)));
      expect(refused).toMatchObject({ code: 2 });
      expect(refused.err).toContain("--fetch-sends-once");
      expect(api.received).toHaveLength(0);
      expect(await outbox(run("a.csv", "--fetch-sends-once"))).toMatchObject({ code: 0 });
      expect(api.received).toHaveLength(2);
      expect(await outbox(["status", "--store", "run.db"])).toMatchObject({ code: 0 });
    } finally {
      globalThis.fetch = real;
    }
  });

  it("creates a store that nobody else on the machine can read", async () => {
    expect(await outbox(run(write("a.csv", ROWS)))).toMatchObject({ code: 0 });
    // Windows has no such permissions: files get those of the folder.
    const mode = process.platform === "win32" ? 0o600 : statSync(join(folder, "run.db")).mode & 0o777;
    expect(mode).toBe(0o600);
  });

  it("reads JSON lines from standard input", async () => {
    const lines = `{"id":"b-1","amount":5,"payee":{"country_code":"1","phone_number":"2025550139"}}\n`;
    const args = run("-", "--format", "jsonl");
    expect(await spawned(folder, args, lines)).toMatchObject({ code: 0 });
    expect(api.made).toMatchObject([{ amount: 5, reference: "b-1" }]);
  });

  it.each([
    ["semicolons", ROWS.replaceAll(",", ";").replace("October; 9", "October, 9")],
    ["a byte order mark and Windows' line ends", `\uFEFF${ROWS.replaceAll("\n", "\r\n")}`],
  ])("reads %s", async (_, text) => {
    expect(await outbox(run(write("a.csv", text)))).toMatchObject({ code: 0 });
    expect(api.made).toHaveLength(2);
  });

  it("reports errors by line and column, and sends nothing", async () => {
    const text = `${HEADER}c-1,10.00,1,2025550139,,\n,1000,1,2025550140,,\nc-3,1000,1,,,\nc-4,12345678901234567890,1,2025550141,,\nc-5,7,1\n`;
    const { code, err } = await outbox(run(write("bad.csv", text)));
    expect(code).toBe(2);
    expect(err).toContain('line 2, amount: must be a whole number (of cents, for money), not "10.00"');
    expect(err).toContain("line 3, id: is missing");
    expect(err).toContain("line 4, payee.phone_number: is missing");
    expect(err).toContain("line 5, amount: 12345678901234567890 is too large to be represented exactly");
    expect(err).toContain("line 6, the row: has 3 cells, but the first line names 6 columns");
    expect(api.received).toHaveLength(0);
  });

  it.each([
    ["a column that is not a field", "id,amont\na,1\n", 'payouts.send has no field "amont"'],
    ["no IDs", "amount\n1\n", "your own ID of each row"],
    ["a column twice", "id,amount,amount\na,1,2\n", 'two columns "amount"'],
    ["an ID twice", ROWS.replace("a-2", "a-1"), "a-1: lines 2, 3"],
    ["nothing", HEADER, "has no rows"],
    ["a last line that is cut short", `${ROWS}a-3,10`, "line 4, the row: does not end with a line break"],
  ])("refuses a file with %s", async (_, text, problem) => {
    const { code, err } = await outbox(run(write("a.csv", text)));
    expect(code).toBe(2);
    expect(err).toContain(problem);
    expect(api.received).toHaveLength(0);
  });

  it.each([
    ["at the top", '{"id":"a","amount":100,"amount":900}'],
    [
      "further down",
      '{"id":"a","amount":100,"memo":"\\"x\\": {","payee":{"country_code":"1","country_code":"2"}}',
    ],
  ])("refuses an object with the same name twice, %s", async (_, text) => {
    const { code, err } = await outbox(run(write("a.jsonl", `${text}\n`)));
    expect(code).toBe(2);
    expect(err).toContain("line 1, the line: has the same name twice in an object");
    expect(api.received).toHaveLength(0);
  });

  it("refuses values that a spreadsheet has changed", async () => {
    const text = `${HEADER}e-1,1000,1,2.02556E+09,,\n e-2,1000,1,2025550139,,\n`;
    const { code, err } = await outbox(run(write("a.csv", text)));
    expect(code).toBe(2);
    expect(err).toContain(
      "line 2, payee.phone_number: is 2.02556E+09: a spreadsheet has shortened a long number",
    );
    expect(err).toContain("line 3, id: starts or ends with a space");
    writeFileSync(join(folder, "latin.csv"), Buffer.from(ROWS.replace("October", "M\u00fcller"), "latin1"));
    const latin = await outbox(run("latin.csv"));
    expect(latin).toMatchObject({ code: 2, err: expect.stringContaining("not in UTF-8") });
    expect(api.received).toHaveLength(0);
  });

  it("warns that rows without a place for the ID can't be found again", async () => {
    const { err } = await outbox(run(write("a.csv", ROWS.replace("metadata.order", "metadata"))));
    expect(err).toContain("1 row cannot be found again, because metadata is a string");
  });

  it("asks before it sends to production", async () => {
    const args = ["run", write("a.csv", ROWS), "--call", "payouts.send", "--store", "run.db"];
    const { code, err } = await outbox([...args, "--environment", "production"]);
    expect(code).toBe(2);
    expect(err).toMatch(/2 rows of payouts\.send, to PRODUCTION \(https:/);
    expect(err).toContain("There is no terminal to ask on");
    expect(api.received).toHaveLength(0);
  });

  it("asks about people who are paid twice, which --yes does not confirm", async () => {
    const file = write("a.csv", ROWS.replace("2025550140", "0025550139"));
    const refused = await outbox(run(file));
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.err).toContain("One person is paid by several rows: lines 2 and 3");
    expect(api.received).toHaveLength(0);
    expect(await outbox(run(file, "--allow-duplicates"))).toMatchObject({ code: 0 });
  });

  it.each(["(202) 555-0140", "202.555.0140", "12025550140", "0 2025550140", "+1 202 555 0140"])(
    "recognizes a person by %s too",
    async (spelling) => {
      const row = `a-3,700,1,${spelling},,\n`;
      const refused = await outbox(run(write("a.csv", `${ROWS}${row}`)));
      expect(refused.err).toContain("One person is paid by several rows: lines 3 and 4");
    },
  );

  it("refuses other content with a known ID, and shows both", async () => {
    await outbox(run(write("a.csv", ROWS)));
    const { code, err } = await outbox(run(write("a.csv", ROWS.replace("1000", "1001"))));
    expect(code).toBe(2);
    expect(err).toMatch(/a-1 \(accepted\)\n {4}before: .*"amount":1000.*\n {4}now: {4}.*"amount":1001/);
    expect(api.received).toHaveLength(2);
  });

  it("does not send if there is no terminal to ask on", async () => {
    const { code, err } = await outbox(run(write("a.csv", ROWS)).filter((flag) => flag !== "--yes"));
    expect(code).toBe(2);
    expect(err).toContain("add --yes");
    expect(api.received).toHaveLength(0);
  });

  it("does not send without an environment or a URL", async () => {
    const args = ["run", write("a.csv", ROWS), "--call", "payouts.send", "--store", "run.db", "--yes"];
    const { code, err } = await outbox(args);
    expect(code).toBe(2);
    expect(err).toContain("--environment production or sandbox");
  });

  it("does not use a store for another API", async () => {
    await outbox(run(write("a.csv", ROWS)));
    const other = run("a.csv").map((flag) => (flag === api.url ? "http://127.0.0.1:9" : flag));
    const { code, err } = await outbox(other);
    expect(code).toBe(2);
    expect(err).toContain(`belongs to ${api.url}`);
  });

  it("exits with 1 if a row was refused, and says why", async () => {
    api.options = { behave: ({ reference }) => (reference === "a-2" ? "refuse" : "answer") };
    expect(await outbox(run(write("a.csv", ROWS)))).toMatchObject({ code: 1 });
    const { code, out } = await outbox(["status", "--store", "run.db"]);
    expect(code).toBe(1);
    expect(out).toContain("a-2  refused: 422: no");
  });

  it("exits with 3 if rows are left, which resume sends", async () => {
    const limited = await outbox(run(write("a.csv", ROWS), "--max-total", "1500"));
    expect(limited).toMatchObject({ code: 3 });
    expect(limited.out).toContain("a-2 would exceed the limit");
    // The limit is the store's, until somebody removes it.
    expect(await outbox(["resume", "--store", "run.db"])).toMatchObject({ code: 3 });
    const resumed = await outbox(["resume", "--store", "run.db", "--max-total", "none"]);
    expect(resumed).toMatchObject({ code: 0 });
    expect(api.made).toHaveLength(2);
  });

  it("stores limits, shows them, and applies them to rows that are added", async () => {
    await outbox(run(write("a.csv", ROWS), "--max-amount", "5000", "--per-second", "50"));
    const { out } = await outbox(["status", "--store", "run.db"]);
    expect(out).toMatch(/^limit +50 requests per second {2}set by \S+ at 20\d\d-/m);
    expect(out).toMatch(/^limit +50\.00 for one row {2}set by/m);
    expect(JSON.parse((await outbox(["status", "--store", "run.db", "--json"])).out)).toMatchObject({
      limits: { perSecond: 50, maxAmount: 5_000 },
    });
    const large = await outbox(run(write("b.csv", `${HEADER}b-1,5001,1,2025550141,,\n`)));
    expect(large).toMatchObject({ code: 2 });
    expect(large.err).toContain("Limits of the store: 50 requests per second, 50.00 for one row.");
    expect(large.err).toContain("A row pays 50.01, and the store's limit for one row is 50.00");
    expect((await outbox(["export", "--store", "run.db"])).out).not.toMatch(/^b-1,/m);
    expect(await outbox(run("b.csv", "--max-amount", "none"))).toMatchObject({ code: 0 });
    const log = await outbox(["history", "--store", "run.db"]);
    expect(log.out).toMatch(/max-amount {2}5000 {2}\(.*\n.*client {2}.*\n.*max-amount {2}none {2}\(/);
  });

  it("refuses another client's credentials before it adds anything", async () => {
    await outbox(run(write("a.csv", ROWS)));
    write("b.csv", `${HEADER}b-1,7,1,2025550141,,\n`);
    const stranger = (...args: string[]) => inProcess(folder, args, { DOTS_CLIENT_ID: "somebody else" });
    for (const args of [
      run("b.csv"),
      ["resume", "--store", "run.db"],
      ["retry", "a-1", "--store", "run.db"],
    ]) {
      const ended = await stranger(...args);
      expect(ended).toMatchObject({ code: 2 });
      expect(ended.err).toContain("--new-client");
    }
    expect((await outbox(["export", "--store", "run.db"])).out).not.toMatch(/^b-1,/m);
    const meant = await stranger(...run("b.csv", "--new-client"));
    expect(meant).toMatchObject({ code: 0 });
    expect(meant.err).toContain("From now on, another client sends from this store.");
    expect(api.received.map(({ client }) => client)).toEqual(["client", "client", "somebody else"]);
  });

  // Windows has no signals: a process can only be killed.
  it.skipIf(process.platform === "win32")(
    "stops cleanly on Ctrl-C, after the requests in progress were answered",
    async () => {
      const rows = Array.from(
        { length: 40 },
        (_, n) => `d-${n},100,1,20255502${String(n).padStart(2, "0")},,\n`,
      );
      const file = write("many.csv", HEADER + rows.join(""));
      let child: ChildProcess | undefined;
      api.options = {
        behave: ({ n }) => {
          if (n === 3) child?.kill("SIGINT");
          return "answer";
        },
      };
      const { code, err } = await spawned(
        folder,
        run(file, "--per-second", "20", "--concurrency", "1"),
        "",
        (started) => {
          child = started;
        },
      );
      expect(err).toContain("Stopping: waiting up to half a minute");
      expect(code).toBe(3);
      const status = await outbox(["status", "--store", "run.db", "--json"]);
      expect(JSON.parse(status.out).counts.sending.rows).toBe(0);
      const resumed = await outbox(["resume", "--store", "run.db", "--per-second", "none"]);
      expect(resumed).toMatchObject({ code: 0 });
      expect(api.made).toHaveLength(40);
    },
  );

  it("reports that nothing was sent if no claim can be stored", async () => {
    const { exec } = DatabaseSync.prototype;
    DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
      if (sql === "COMMIT" && this.prepare("SELECT 1 FROM outbox_attempt").get() !== undefined) {
        throw Object.assign(new Error("disk I/O error"), { errcode: 10 });
      }
      return exec.call(this, sql);
    };
    try {
      expect(await outbox(run(write("a.csv", ROWS)))).toMatchObject({ code: 2 });
    } finally {
      DatabaseSync.prototype.exec = exec;
    }
    expect(api.received).toHaveLength(0);
  });

  it("names the call that an ID was added with", async () => {
    await outbox(run(write("a.csv", ROWS)));
    const { code, err } = await outbox(
      run("a.csv").map((flag) => flag.replace("payouts.send", "payoutLinks.create")),
    );
    expect(code).toBe(2);
    expect(err).toContain("before: payouts.send {");
    expect(err).toContain("now:    payoutLinks.create {");
  });

  it("never shows the password of a base URL", async () => {
    const { code, out, err } = await outbox(
      run(write("a.csv", ROWS), "--base-url", api.url.replace("//", "//me:secret@")),
    );
    expect(code).toBe(2);
    expect(err).toContain("without a name and password");
    expect(out + err).not.toContain("secret");
  });

  it("does not let an ID control the terminal or a spreadsheet", async () => {
    api.options = { behave: () => "refuse" };
    await outbox(run(write("a.csv", `${HEADER}=1+2\u001b[2J,1000,1,2025550139,,\n`)));
    const { out } = await outbox(["status", "--store", "run.db"]);
    expect(out).toContain("=1+2\\x1b[2J  refused");
    expect(out).not.toContain("\u001b");
    expect((await outbox(["export", "--store", "run.db"])).out).toContain("\n'=1+2");
  });

  it("writes reports", async () => {
    api.options = { behave: ({ reference }) => (reference === "a-2" ? "refuse" : "answer") };
    await outbox(run(write("a.csv", ROWS), "--report", "run.csv", "--report", "run.html"));
    const [header, ...lines] = readFileSync(join(folder, "run.csv"), "utf8").trim().split("\r\n");
    expect(header).toMatch(/^id,call,state,resource,fate,amount,key,attempts,reason,/);
    expect(lines[0]).toMatch(/^a-1,payouts\.send,accepted,[0-9a-f-]{36},[^,]*,1000,[0-9a-f-]{36},1,/);
    expect(lines[1]).toContain("refused");
    const page = readFileSync(join(folder, "run.html"), "utf8");
    expect(page).toContain("1 row refused or unresolved");
    expect(page).toContain("of these: created");
    expect(page).toContain("dots-outbox retry --refused [corrected.csv] --store run.db");
    expect(page).toMatch(/<td>all<\/td><td><\/td><td class="number">2<\/td><td class="number">30\.50</);
    expect(page).not.toMatch(/https?:\/\/(?!127)/);
    const { out } = await outbox(["export", "--store", "run.db"]);
    expect(out).toBe(readFileSync(join(folder, "run.csv"), "utf8"));
  });
});

describe("dots-outbox add", () => {
  const add = (file: string, ...more: string[]) =>
    outbox(["add", file, "--call", "payouts.send", "--store", "run.db", "--base-url", api.url, ...more]);

  it("checks, shows and adds rows, and sends nothing", async () => {
    write("a.csv", ROWS);
    const asked = await add("a.csv");
    expect(asked).toMatchObject({ code: 2 });
    expect(asked.err).toContain("There is no terminal to ask on");
    expect(await add("a.csv", "--yes")).toMatchObject({ code: 0 });
    expect(api.received).toHaveLength(0);
    const again = await add(write("b.csv", `${ROWS}a-3,300,1,2025550141,,\n`), "--yes");
    expect(again).toMatchObject({ code: 0 });
    expect(again.err).toContain("2 rows of the file are already in the store");
    expect(again.err).toContain("Adding 1 row, 3.00 in all");
    const wrong = await add(write("c.csv", ROWS.replace("2050", "20.50")), "--yes");
    expect(wrong.err).toContain("line 3, amount");
    const other = await add(write("d.csv", ROWS.replace("2050", "2051")), "--yes");
    expect(other.err).toContain("known with different content");
    // The store knows where its money goes.
    expect(
      await outbox(["add", "b.csv", "--call", "payouts.send", "--store", "run.db", "--yes"]),
    ).toMatchObject({ code: 0 });
    expect(await outbox(["resume", "--store", "run.db"])).toMatchObject({ code: 0 });
    expect(api.made.map(({ reference }) => reference).sort()).toEqual(["a-1", "a-2", "a-3"]);
  });
});

describe("the preview", () => {
  it("counts what would be sent, without rows that the store already has", async () => {
    await outbox(run(write("a.csv", ROWS), "--max-total", "1500"));
    const more = `${ROWS}a-3,300,1,2025550141,,\n`;
    const asked = await outbox(run(write("b.csv", more)).filter((flag) => flag !== "--yes"));
    expect(asked).toMatchObject({ code: 2 });
    expect(asked.err).toContain("2 rows of the file are already in the store, and will not be sent twice.");
    const other = await outbox(run(write("c.csv", `${HEADER}c-1,7,1,2025550150,,\n`), "--max-total", "none"));
    expect(other.err).toContain("1 row that was added earlier is still to be sent, 20.50 in all.");
    expect(other).toMatchObject({ code: 0 });
    expect(await outbox(run("c.csv").filter((flag) => flag !== "--yes"))).toMatchObject({
      code: 0,
      err: expect.stringContaining("No row is left to send."),
    });
  });

  it.each([
    ["a text", ROWS.replace("metadata.order", "metadata").replace(",,", ",A-1,"), true],
    ["an object", ROWS.replace(",,", ",A-1,"), true],
    ["what every row of a longer file has", manyRows(() => "batch-7"), false],
    ["what two rows of a longer file have", manyRows((n) => (n < 2 ? "A-1" : `A-${n}`)), true],
  ])("asks about the same reference twice: %s", async (_, text, isAsked) => {
    const { code, err } = await outbox(run(write("a.csv", text)));
    expect(code).toBe(isAsked ? 2 : 0);
    expect(err.includes("One of your references is in several rows: lines 2 and 3")).toBe(isAsked);
  });

  it("shows where the money goes, including the app, and binds the store to it", async () => {
    const ended = await outbox(run(write("a.csv", ROWS), "--app-id", "app-1"));
    expect(ended).toMatchObject({ code: 0, err: expect.stringContaining(`to ${api.url}, appId app-1`) });
    expect(api.received.map(({ app }) => app)).toEqual(["app-1", "app-1"]);
    const other = await outbox(run("a.csv", "--app-id", "app-2"));
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining("appId app-1, but this is") });
    const resumed = await outbox(["resume", "--store", "run.db", "--app-id", "app-2"]);
    expect(resumed).toMatchObject({ code: 2, err: expect.stringContaining("not to appId app-2") });
    expect(await outbox(["resume", "--store", "run.db"])).toMatchObject({ code: 0 });
  });
});

function manyRows(order: (n: number) => string): string {
  return (
    HEADER + Array.from({ length: 12 }, (_, n) => `m-${n},100,1,20255503${n + 10},${order(n)},\n`).join("")
  );
}

describe("a report", () => {
  it("is refused before anything is sent if its folder is missing", async () => {
    const { code, err } = await outbox(run(write("a.csv", ROWS), "--report", "missing/run.html"));
    expect(code).toBe(2);
    expect(err).toContain("the folder does not exist");
    expect(api.received).toHaveLength(0);
  });

  it.each([
    ["the store", ["run", "payees.csv", "--store", "run.csv", "--report", "run.csv"], "overwrite run.csv"],
    ["a link to the store", ["export", "--store", "run.db", "--output", "link.csv"], "overwrite run.db"],
    [
      "a file with rows",
      ["run", "payees.csv", "--store", "run.db", "--report", "./payees.csv"],
      "overwrite payees.csv",
    ],
    ["something else", ["export", "--store", "run.db", "--output", "run.db"], "ends in .csv or .html"],
  ])("does not overwrite %s", async (_, [command = "", ...more], problem) => {
    await outbox(run(write("payees.csv", ROWS)));
    const before = [readFileSync(join(folder, "run.db")), readFileSync(join(folder, "payees.csv"))];
    symlinkSync(join(folder, "run.db"), join(folder, "link.csv"));
    const target = command === "run" ? ["--call", "payouts.send", "--base-url", api.url, "--yes"] : [];
    const { code, err } = await outbox([command, ...more, ...target]);
    expect(code).toBe(2);
    expect(err).toContain(problem);
    expect([readFileSync(join(folder, "run.db")), readFileSync(join(folder, "payees.csv"))]).toEqual(before);
  });

  it("that can't be written does not change the exit code", async () => {
    mkdirSync(join(folder, "run.html"));
    const { code, err } = await outbox(run(write("a.csv", ROWS), "--report", "run.html"));
    expect(code).toBe(0);
    expect(err).toContain("run.html cannot be written");
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
    expect(api.made).toHaveLength(2);
  });
});

describe("dots-outbox retry", () => {
  beforeEach(async () => {
    api.options = { behave: () => "refuse" };
    await outbox(run(write("a.csv", ROWS)));
    api.options = {};
  });

  it.each([
    ["a row that was not refused", `${HEADER}b-9,1000,1,0025550139,,\n`, 'id: "b-9" is not one of the rows'],
    ["a row twice", `${ROWS}a-1,1000,1,0025550139,,\n`, 'id: "a-1" appears twice'],
    ["content that breaks a rule", `${HEADER}a-1,1000,1,,,\n`, "line 2, /payee/phone_number: is missing"],
  ])("sends nothing if the file contains %s", async (_, text, problem) => {
    const { code, err } = await outbox([
      "retry",
      "--refused",
      write("b.csv", text),
      "--store",
      "run.db",
      "--yes",
    ]);
    expect(code).toBe(2);
    expect(err).toContain(problem);
    expect(api.made).toHaveLength(0);
  });

  it("shows how much it would send", async () => {
    const { code, err } = await outbox(["retry", "--refused", "--store", "run.db"]);
    expect(code).toBe(2);
    expect(err).toContain("add --yes");
  });

  it("sends one row of a file, by its ID", async () => {
    const file = write("b.csv", ROWS.replace("1000", "1100"));
    const { err } = await outbox(["retry", "a-1", file, "--store", "run.db", "--yes"]);
    expect(err).toContain("The last request for a-1 may still be carried out");
    const other = await outbox(["retry", "a-1", write("c.csv", HEADER), "--store", "run.db", "--yes"]);
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining("c.csv has no row a-1.") });
  });

  it("waits until the refused request can no longer be carried out", async () => {
    const { code, err } = await outbox(["retry", "a-1", "--store", "run.db", "--yes"]);
    expect(code).toBe(2);
    expect(err).toContain("The last request for a-1 may still be carried out. Try again in");
  });
});

describe("dots-outbox read-back", () => {
  it("shows what happened to accepted rows", async () => {
    await outbox(run(write("a.csv", ROWS)));
    for (const made of api.made) made.status = made.reference === "a-1" ? "claimed" : "canceled";
    expect(await outbox(["read-back", "--store", "run.db"])).toMatchObject({ code: 0 });
    const { out } = await outbox(["status", "--store", "run.db"]);
    expect(out).toMatch(/claimed +1 row +10\.00/);
    expect(out).toMatch(/canceled +1 row +20\.50/);
  });
});

describe("dots-outbox settle", () => {
  it("stores what a person found out", async () => {
    api.options = { behave: () => "drop" };
    const args = run(write("a.csv", ROWS)).map((flag) =>
      flag === "payouts.send" ? "payoutRequests.create" : flag,
    );
    expect(await outbox(args)).toMatchObject({ code: 1 });
    const early = await outbox(["settle", "a-1", "--not-paid", "--store", "run.db"]);
    expect(early).toMatchObject({ code: 2 });
    expect(early.err).toContain("may still be carried out. Try again in 11 minutes");
    const paid = ["settle", "a-1", "--paid", "--note", "seen", "--store", "run.db"];
    const asked = await outbox(paid);
    expect(asked).toMatchObject({ code: 2 });
    expect(asked.err).toMatch(/a-1: 10\.00, unresolved[\s\S]*add --yes/);
    expect(await outbox([...paid, "--yes"])).toMatchObject({ code: 0 });
    const twice = await outbox([...paid, "--yes"]);
    expect(twice).toMatchObject({ code: 2 });
    expect(twice.err).toContain("add the row again under a new ID");
    const { out } = await outbox(["history", "a-1", "--store", "run.db"]);
    expect(out).toMatch(/settled-paid {2}A person found that it was paid: seen {2}\(\w+\)/);
  });
});

describe("dots-outbox recover", () => {
  it("does not change an unharmed store, unless confirmed", async () => {
    expect(await outbox(run(write("a.csv", ROWS), "--max-total", "1000"))).toMatchObject({ code: 3 });
    const asked = await outbox(["recover", "--store", "run.db"]);
    expect(asked).toMatchObject({ code: 2 });
    expect(asked.err).toContain("Nothing shows that this store was restored");
    expect((await outbox(["status", "--store", "run.db"])).out).not.toContain("unresolved");
    expect(await outbox(["recover", "--yes", "--store", "run.db"])).toMatchObject({ code: 1 });
  });
});

describe("dots-outbox acknowledge", () => {
  it("clears an alarm permanently", async () => {
    expect(await outbox(run(write("a.csv", ROWS)))).toMatchObject({ code: 0 });
    const other = run("a.csv").map((flag) => (flag === "run.db" ? "other.db" : flag));
    const alarmed = await outbox(other);
    expect(alarmed).toMatchObject({ code: 1 });
    expect(alarmed.out).toContain("LOOK AT THIS FIRST  a-1");
    for (const id of ["a-1", "a-2"]) {
      const ended = await outbox(["acknowledge", id, "--note", "one store each", "--store", "other.db"]);
      expect(ended).toMatchObject({ code: 0 });
    }
    expect(await outbox(["resume", "--store", "other.db"])).toMatchObject({ code: 0 });
    const history = await outbox(["history", "a-1", "--store", "other.db"]);
    expect(history.out).toMatch(/acknowledged {2}.*\(one store each\) {2}\(\w+\)/);
    const again = await outbox(["acknowledge", "a-1", "--store", "other.db"]);
    expect(again.err).toContain("a-1 has no alarm");
  });
});

describe("dots-outbox", () => {
  it.each([
    [["fly"], "There is no command"],
    [["run", "a.csv"], "--call needs"],
    [["run", "a.csv", "--call", "x"], "--store needs"],
    [["run", "-", "--call", "x", "--store", "s"], "add --yes"],
    [
      ["run", "a.csv", "--call", "x", "--store", "s", "--max-total", "10.00"],
      "--max-total takes whole cents",
    ],
    [
      ["run", "a.csv", "--call", "x", "--store", "s", "--concurrency", "0"],
      "--concurrency takes a whole number, at least 1",
    ],
    [["run", "a.csv", "--cal", "x"], "Unknown option '--cal'"],
    [["status", "--store", "none.db"], "There is no store none.db"],
    [["settle", "a", "--store", "s"], "Use either --paid or --not-paid"],
    [
      ["run", "a.csv", "--call", "payouts.sent", "--store", "s", "--base-url", "http://127.0.0.1:9"],
      "There is no call",
    ],
  ])("%j says what is wrong, and exits with 2", async (args, problem) => {
    const { code, err } = await outbox(args);
    expect(code).toBe(2);
    expect(err).toContain(problem);
    expect(err).not.toContain("    at ");
  });
});
