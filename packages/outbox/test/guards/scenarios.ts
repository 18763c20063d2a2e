import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Dots } from "@dots-payouts/client";
import { Bench, IMPATIENT } from "../api/bench.ts";
import { person, request } from "../api/rows.ts";

/** The package's source, or a copy of it without a guard. */
export interface Source {
  readonly folder: string;
  readonly openOutbox: typeof import("../../src/index.ts").openOutbox;
  readonly OutboxError: typeof import("../../src/index.ts").OutboxError;
  readonly SqliteStore: typeof import("../../src/store/sqlite/sqlite-store.ts").SqliteStore;
}

/**
 * Does something that may do harm.
 * @returns the harm, if there is any
 */
export type Scenario = (source: Source) => Promise<string | undefined>;

const HOUR = 3_600_000;

/** What is wrong, compared with what the API has created. */
export async function harm(
  bench: Bench,
  outbox: Awaited<ReturnType<Bench["open"]>>,
): Promise<string | undefined> {
  for await (const { id, state } of outbox.list()) {
    const made = bench.api.madeFor(id).length;
    if (made > 1) return `${id} was paid ${made} times`;
    if ((state === "refused" || state === "settled-not-paid") && made > 0)
      return `${id} is ${state}, and paid`;
    if (state === "accepted" && made === 0) return `${id} is accepted, and not paid`;
  }
  return undefined;
}

/** @returns the message of an OutboxError, if one was thrown */
export async function refused(source: Source, work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
  } catch (error) {
    if (error instanceof source.OutboxError) return error.message;
    throw error;
  }
  return undefined;
}

/** Calls back before the first claim is committed, until it is disposed. */
function atFirstClaim(before: () => void): Disposable {
  const { exec } = DatabaseSync.prototype;
  let isOver = false;
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
    if (sql === "COMMIT" && !isOver && this.prepare("SELECT 1 FROM outbox_attempt").get() !== undefined) {
      isOver = true;
      before();
    }
    return exec.call(this, sql);
  };
  return {
    [Symbol.dispose]() {
      DatabaseSync.prototype.exec = exec;
    },
  };
}

/** Like a restore that writes a backup over the files, which keep their inodes. */
function copyFiles(from: string, to: string, ends = ["", "-wal", "-shm", "-witness"]): void {
  for (const end of ends) {
    try {
      writeFileSync(`${to}${end}`, readFileSync(`${from}${end}`));
    } catch {
      rmSync(`${to}${end}`, { force: true });
    }
  }
}

/** A sender that dies as soon as the API has its first request. */
export const diesAfterSending: Scenario = async (source) => {
  let running: ReturnType<typeof spawn> | undefined;
  await using bench = await Bench.start({
    behave: ({ n }) => {
      if (n === 0) running?.kill("SIGKILL");
      return n === 0 ? "lose" : "answer";
    },
  });
  bench.api.options = { ...bench.api.options, hides: () => true };
  const options = join(bench.folder, "options.json");
  const times = { timeout: 300, quiet: 1_000 };
  const shared = { store: bench.store, baseUrl: bench.api.url, clientId: "client", ahead: 0, concurrency: 1 };
  writeFileSync(
    options,
    JSON.stringify({ ...shared, times, rows: [request(1)], entry: join(source.folder, "index.ts") }),
  );
  running = spawn(process.execPath, [fileURLToPath(new URL("../kill/child.ts", import.meta.url)), options]);
  await once(running, "exit");
  const outbox = await bench.open();
  await outbox.run();
  return await harm(bench, outbox);
};

export const twoSenders: Scenario = async (source) => {
  await using bench = await Bench.start({ behave: () => "late", delay: 50 });
  const [one, other] = [
    await bench.open({ times: IMPATIENT }, source.openOutbox),
    await bench.open({ times: IMPATIENT }, source.openOutbox),
  ];
  await one.add(request(1));
  const first = one.run();
  const said = await refused(source, () => other.run());
  await first;
  return said === undefined ? "two senders at once" : undefined;
};

export const commitFails: Scenario = async (source) => {
  await using bench = await Bench.start({ hides: () => true });
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(request(1));
  {
    using _ = atFirstClaim(() => {
      throw new Error("the disk is gone");
    });
    await outbox.run();
  }
  await outbox.run();
  return await harm(bench, outbox);
};

/** The process is paused for a minute between its claim and its request. */
export const lateSender: Scenario = async (source) => {
  await using bench = await Bench.start();
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(request(1));
  using _ = atFirstClaim(() => {
    bench.clock.ahead += 60_000;
  });
  await outbox.run();
  const intent = await outbox.find("invoice-1");
  return intent?.attempts === 1 ? "it was sent a minute after its claim" : undefined;
};

/** The answer is lost, time passes, and the run is started again. The list shows nothing. */
const lostFor =
  (ahead: number, skew = 0, client = "client", row: typeof person | typeof request = person): Scenario =>
  async (source) => {
    const stop = new AbortController();
    await using bench = await Bench.start({
      behave: ({ n }) => {
        if (n === 0) stop.abort();
        return n === 0 ? "lose" : "answer";
      },
      hides: () => true,
    });
    const outbox = await bench.open({}, source.openOutbox);
    await outbox.add(row(1));
    await outbox.run({ signal: stop.signal });
    bench.clock.ahead += ahead;
    bench.skew += skew;
    const dots = new Dots({ baseUrl: bench.api.url, clientId: client, apiKey: "key" });
    const later = await bench.open({ dots }, source.openOutbox);
    const summary = await later.run({ newClient: client !== "client" });
    if (summary.stopped?.by === "store") return summary.stopped.message;
    if (bench.api.received.length > 1) return "it was sent again";
    return await harm(bench, later);
  };

export const keyTooOld = lostFor(30 * HOUR);
export const keyNearlyTooOld = lostFor(23 * HOUR);
export const keyTooOldForApi = lostFor(HOUR, 30 * HOUR);
export const otherCredentials = lostFor(0, 0, "somebody else");
export const withoutKey = lostFor(0, 0, "client", request);

/** The client ID changes while the first request is in progress, whose answer is lost. */
export const clientChanges: Scenario = async (source) => {
  let id = "client";
  await using bench = await Bench.start({
    behave: ({ n }) => {
      if (n === 0) id = "somebody else";
      return n === 0 ? "lose" : "answer";
    },
    hides: () => true,
  });
  const dots = new Dots({ baseUrl: bench.api.url, clientId: () => id, apiKey: "key" });
  const outbox = await bench.open({ dots }, source.openOutbox);
  await outbox.addAll([person(1), person(2)]);
  const { stopped } = await outbox.run({ concurrency: 1 });
  const strangers = bench.api.received.filter(({ client }) => client !== "client").length;
  if (strangers > 0) return "it was sent as another client";
  return stopped?.by === "credentials" ? await harm(bench, outbox) : "nobody was told";
};

export const refusedBesideOpen: Scenario = async (source) => {
  await using bench = await Bench.start({
    behave: ({ n }) => (n === 0 ? "lose" : "refuse"),
    hides: () => true,
  });
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(person(1));
  const summary = await outbox.run();
  if (summary.stopped?.by === "store") return summary.stopped.message;
  return await harm(bench, outbox);
};

export const busyAndLate: Scenario = async (source) => {
  await using bench = await Bench.start({ behave: ({ n }) => (n === 0 ? "busy-late" : "answer"), delay: 30 });
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(request(1));
  await outbox.run();
  await sleep(60);
  return await harm(bench, outbox);
};

export const newKeyForUnresolved: Scenario = async (source) => {
  await using bench = await Bench.start({ behave: () => "lose", hides: () => true });
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(request(1));
  await outbox.run();
  bench.clock.ahead += HOUR;
  try {
    const said = await refused(source, () => outbox.retry("invoice-1", { who: "test" }));
    return said?.includes("unresolved") === true ? undefined : "an unresolved row got a new key";
  } catch (error) {
    return String(error);
  }
};

export const refusedButMade: Scenario = async (source) => {
  await using bench = await Bench.start({ behave: () => "refuse-made", hides: () => true });
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(person(1));
  await outbox.run();
  bench.clock.ahead += HOUR;
  // By now the list shows it.
  bench.api.options = { ...bench.api.options, hides: () => false };
  await refused(source, () => outbox.retry("invoice-1", { who: "test" }));
  await outbox.run();
  return await harm(bench, outbox);
};

/** The list can't be read while a person asks for a new key. */
export const retryWithoutLook: Scenario = async (source) => {
  await using bench = await Bench.start({ behave: () => "refuse", hides: () => true });
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(person(1));
  await outbox.run();
  const said = await refused(source, () => outbox.retry("invoice-1", { who: "test" }));
  return said === undefined ? "a new key while the old request may still be carried out" : undefined;
};

export const settledTooEarly: Scenario = async (source) => {
  await using bench = await Bench.start({ behave: () => "hold" });
  const outbox = await bench.open({ times: IMPATIENT }, source.openOutbox);
  await outbox.add(request(1));
  await outbox.run();
  await refused(source, () => outbox.settle("invoice-1", "not-paid", { who: "test" }));
  bench.api.release();
  return await harm(bench, outbox);
};

/** The machine's clock jumps ahead, but not that of the API. */
export const settledByOneClock: Scenario = async (source) => {
  await using bench = await Bench.start({ behave: () => "hold" });
  const outbox = await bench.open({ times: IMPATIENT }, source.openOutbox);
  await outbox.add(request(1));
  await outbox.run();
  bench.clock.ahead += HOUR;
  bench.skew -= HOUR;
  await refused(source, () => outbox.settle("invoice-1", "not-paid", { who: "test" }));
  bench.api.release();
  return await harm(bench, outbox);
};

/** A backup is written over the file. The list shows what was sent since, except for one row. */
export const restoredInPlace: Scenario = async (source) => {
  await using bench = await Bench.start();
  const backup = join(bench.folder, "backup.db");
  const first = await bench.open({}, source.openOutbox);
  await first.add(request(1));
  await first.run();
  await first.addAll([request(2), request(3)]);
  await first.close();
  copyFiles(bench.store, backup);
  const second = await bench.open({}, source.openOutbox);
  await second.run();
  await second.close();
  copyFiles(backup, bench.store);
  bench.api.options = { ...bench.api.options, hides: ({ reference }) => reference === "invoice-3" };
  const third = await bench.open({}, source.openOutbox);
  await refused(source, () => third.run());
  return await harm(bench, third);
};

/** A backup of the store alone is written over it, twice. The list shows nothing. */
export const restoredBehind: Scenario = async (source) => {
  await using bench = await Bench.start({ hides: () => true });
  const backup = join(bench.folder, "backup.db");
  const store = ["", "-wal", "-shm"];
  const first = await bench.open({}, source.openOutbox);
  await first.add(request(1));
  await first.run();
  await first.addAll([request(2), request(3)]);
  await first.close();
  copyFiles(bench.store, backup, store);
  const second = await bench.open({}, source.openOutbox);
  await second.run();
  await second.close();
  for (let times = 0; times < 2; times += 1) {
    copyFiles(backup, bench.store, store);
    const restored = await bench.open({}, source.openOutbox);
    const said = await refused(source, () => restored.run());
    if (said?.includes("restored from a backup") !== true)
      return (await harm(bench, restored)) ?? "nobody was told";
    await restored.recover({ who: "test" });
    await restored.run();
    await restored.close();
  }
  const last = await bench.open({}, source.openOutbox);
  return await harm(bench, last);
};

/** The file is deleted, and another one is created under its name. The list shows nothing. */
export const begunAnew: Scenario = async (source) => {
  await using bench = await Bench.start({ hides: () => true });
  const first = await bench.open({}, source.openOutbox);
  await first.add(request(1));
  await first.run();
  await first.close();
  for (const end of ["", "-wal", "-shm"]) rmSync(`${bench.store}${end}`, { force: true });
  const second = await bench.open({}, source.openOutbox);
  await second.add(request(1));
  await refused(source, () => second.run());
  return await harm(bench, second);
};

/** The witness is deleted, and the store is replaced by a backup. */
export const restoredAlone: Scenario = async (source) => {
  await using bench = await Bench.start({ hides: () => true });
  const backup = join(bench.folder, "backup.db");
  const first = await bench.open({}, source.openOutbox);
  await first.add(request(1));
  await first.run();
  await first.add(request(2));
  await first.close();
  copyFiles(bench.store, backup);
  const second = await bench.open({}, source.openOutbox);
  await second.run();
  await second.close();
  copyFiles(backup, bench.store);
  rmSync(`${bench.store}-witness`);
  const third = await bench.open({}, source.openOutbox);
  await refused(source, () => third.run());
  return await harm(bench, third);
};

/** A copy of the file replaces it. The list shows nothing. */
export const restoredCopy: Scenario = async (source) => {
  await using bench = await Bench.start({ hides: () => true });
  const backup = join(bench.folder, "backup.db");
  const first = await bench.open({}, source.openOutbox);
  await first.add(request(1));
  await first.close();
  copyFileSync(bench.store, backup);
  const second = await bench.open({}, source.openOutbox);
  await second.run();
  await second.close();
  for (const end of ["", "-wal", "-shm", "-witness"]) rmSync(`${bench.store}${end}`, { force: true });
  copyFileSync(backup, bench.store);
  const third = await bench.open({}, source.openOutbox);
  await refused(source, () => third.run());
  return await harm(bench, third);
};

/** A row that a restored ledger calls refused may have been sent again, and paid, since the backup. */
export const restoredRefusal: Scenario = async (source) => {
  await using bench = await Bench.start({
    behave: ({ n }) => (n === 0 ? "refuse" : "answer"),
    hides: () => true,
  });
  const backup = join(bench.folder, "backup.db");
  const first = await bench.open({}, source.openOutbox);
  await first.add(person(1));
  await first.run();
  await first.close();
  copyFiles(bench.store, backup);
  const second = await bench.open({}, source.openOutbox);
  bench.clock.ahead += HOUR;
  await second.retry("invoice-1", { who: "test" });
  await second.run();
  await second.close();
  copyFiles(backup, bench.store);
  const third = await bench.open({}, source.openOutbox);
  await third.recover({ who: "test" });
  return await harm(bench, third);
};

/** A refusal that arrives after the ledger was restored. */
export const refusalAfterRestore: Scenario = async (source) => {
  await using bench = await Bench.start({ behave: () => "lose", hides: () => true });
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(request(1));
  await outbox.run();
  await outbox.recover({ who: "test" });
  const now = bench.clock.wall();
  const store = new source.SqliteStore(bench.store, { baseUrl: bench.api.url, options: {} }, now);
  const answer = { attempt: 1, kind: "refused", cause: undefined, reason: "The API answered 422" } as const;
  await store.turn({ now: { ledger: now, server: now }, answers: [answer], claim: undefined });
  await store.close();
  return await harm(bench, outbox);
};

export const ledgerDeleted =
  (row: typeof person | typeof request, hides: boolean): Scenario =>
  async (source) => {
    await using bench = await Bench.start({ hides: () => hides });
    const first = await bench.open({}, source.openOutbox);
    await first.add(row(1));
    await first.run();
    await first.close();
    for (const end of ["", "-wal", "-shm", "-witness"]) rmSync(`${bench.store}${end}`, { force: true });
    const second = await bench.open({}, source.openOutbox);
    await second.add(row(1));
    await second.run();
    return await harm(bench, second);
  };

/** The file was emptied. The list shows nothing. */
export const ledgerEmptied: Scenario = async (source) => {
  await using bench = await Bench.start({ hides: () => true });
  const first = await bench.open({}, source.openOutbox);
  await first.add(request(1));
  await first.run();
  await first.close();
  for (const end of ["-wal", "-shm", "-witness"]) rmSync(`${bench.store}${end}`, { force: true });
  writeFileSync(bench.store, "");
  const said = await refused(source, async () => {
    const second = await bench.open({}, source.openOutbox);
    await second.add(request(1));
    await second.run();
  });
  return said?.includes("is empty") === true && bench.api.made.length === 1
    ? undefined
    : "an empty file was taken";
};

export const deletedMeanwhile: Scenario = async (source) => {
  await using bench = await Bench.start({
    behave: ({ n }) => {
      if (n === 0) for (const end of ["", "-wal", "-shm"]) rmSync(`${bench.store}${end}`, { force: true });
      return "answer";
    },
  });
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.addAll([1, 2, 3, 4].map((n) => request(n)));
  const { stopped } = await outbox.run({ concurrency: 1 });
  if (bench.api.received.length > 1) return "rows were sent that no file knows of";
  return stopped?.by === "store" ? undefined : "nobody was told";
};

export const overTheLimit: Scenario = async (source) => {
  await using bench = await Bench.start();
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.addAll([1, 2, 3].map((n) => person(n, 1_000)));
  const { stopped } = await outbox.run({ maxTotal: 2_500, concurrency: 1 });
  const paid = bench.api.made.reduce((sum, { amount }) => sum + amount, 0);
  if (paid > 2_500) return `${paid} was paid, of 2500 at most`;
  return stopped?.by === "max-total" ? undefined : "nobody was told";
};

export const apiDoesNotTellTime: Scenario = async (source) => {
  await using bench = await Bench.start({
    behave: ({ n }) => (n === 0 ? "lose" : "answer"),
    hides: () => true,
    tellsTime: false,
  });
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(person(1));
  await outbox.run();
  return bench.api.received.length > 1
    ? "it was sent again although the age of its key is unknown"
    : undefined;
};

export const apiIsDown: Scenario = async (source) => {
  await using bench = await Bench.start({ behave: () => "fail-void" });
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.addAll(Array.from({ length: 40 }, (_, n) => request(n)));
  await outbox.run({ concurrency: 5, signal: AbortSignal.timeout(1_200) });
  const { length } = bench.api.received;
  return length > 12 ? `${length} rows are unresolved, though the API was down` : undefined;
};

export const askedToWait: Scenario = async (source) => {
  await using bench = await Bench.start({ behave: () => "limit", retryAfter: 3_600 });
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(person(1));
  await outbox.run();
  await outbox.run({ signal: AbortSignal.timeout(2_000) });
  return bench.api.received.length > 1 ? "it was sent before the time that the API has named" : undefined;
};

export const otherContent: Scenario = async (source) => {
  await using bench = await Bench.start();
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(person(1));
  const said = await refused(source, () => outbox.add(person(1, 2_000)));
  return said === undefined ? "other content was accepted for the same ID" : undefined;
};

export const otherAccount: Scenario = async (source) => {
  await using bench = await Bench.start();
  await using other = await Bench.start();
  await bench.open({}, source.openOutbox);
  const dots = new Dots({ baseUrl: other.api.url, clientId: "client", apiKey: "key" });
  const said = await refused(source, () => bench.open({ dots }, source.openOutbox));
  return said === undefined ? "a store was used for two accounts" : undefined;
};

/** Another store has sent the row. The list does not show it, and the key is the same. */
export const otherStore: Scenario = async (source) => {
  await using bench = await Bench.start({ hides: () => true });
  const first = await bench.open({}, source.openOutbox);
  await first.add(person(1));
  await first.run();
  bench.clock.ahead += HOUR;
  const second = await bench.open({ store: `${bench.store}-second` }, source.openOutbox);
  await second.add(person(1));
  const { alarms } = await second.run();
  return alarms === 1 ? undefined : "there was no alarm although only one of two rows was paid";
};

export const limitsNothing: Scenario = async (source) => {
  await using bench = await Bench.start();
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(person(1));
  await refused(source, () => outbox.run({ maxTotal: Number.NaN }));
  return bench.api.made.length > 0 ? "a limit that is not a number limited nothing" : undefined;
};

/** A limit was given to one run, but not to the next. */
export const limitIsForgotten: Scenario = async (source) => {
  await using bench = await Bench.start();
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.addAll([person(1), person(2)]);
  await outbox.run({ maxTotal: 1_000 });
  await (await bench.open({}, source.openOutbox)).run();
  return bench.api.made.length > 1 ? "more was sent than was allowed" : undefined;
};

/** The environment has other credentials than in the first run. */
export const otherClientBegins: Scenario = async (source) => {
  await using bench = await Bench.start();
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(person(1));
  await outbox.run();
  await outbox.add(person(2));
  const dots = new Dots({ baseUrl: bench.api.url, clientId: "somebody else", apiKey: "key" });
  const other = await bench.open({ dots }, source.openOutbox);
  await refused(source, () => other.run());
  return bench.api.received.length > 1 ? "it was sent from another account" : undefined;
};

/** Another client is explicitly allowed while a run is in progress. */
export const clientIsReplaced: Scenario = async (source) => {
  await using bench = await Bench.start();
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.addAll([person(1), person(2)]);
  bench.api.before = async () => {
    bench.api.before = undefined;
    const database = new DatabaseSync(bench.store);
    database.exec("UPDATE outbox_setting SET client = 'another'");
    database.close();
  };
  const { stopped } = await outbox.run({ concurrency: 1 });
  if (bench.api.received.length > 1) return "it was sent from the account before";
  return stopped?.by === "credentials" ? undefined : "nobody was told";
};

/** The API has created two objects for one row. */
export const paidTwiceIsSaid: Scenario = async (source) => {
  await using bench = await Bench.start();
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(person(1));
  await outbox.run();
  const [made] = bench.api.made;
  if (made !== undefined) bench.api.made.push({ ...made, id: "c0ffee00-0000-4000-8000-000000000000" });
  const { alarms } = await outbox.run();
  return alarms === 1 ? undefined : "a second object was not reported";
};

/** A proxy gives one row the answer of another, whose own request never arrives. */
export const mixedUpAnswer: Scenario = async (source) => {
  await using bench = await Bench.start({ behave: ({ n }) => (n === 0 ? "answer" : "mix-up") });
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.addAll([person(1), request(2)]);
  const { alarms } = await outbox.run({ concurrency: 1 });
  return alarms === 1 ? await harm(bench, outbox) : "nobody was told";
};
