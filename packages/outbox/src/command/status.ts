import { setTimeout as sleep } from "node:timers/promises";
import type { CommandOf } from "../command-line/command.ts";
import { nameOf, openTarget, type Target, targetOfStore } from "../command-line/target.ts";
import type { Counts } from "../engine/summary.ts";
import { STATES } from "../ledger/intent.ts";
import { shown } from "../open-store.ts";
import type { Outbox } from "../outbox.ts";
import { count, MEANINGS, money, rows } from "../report/words.ts";
import { tellLimits } from "../review/limits.ts";
import { isPostgres } from "../store/postgres/connection/driver.ts";
import { type Exit, exitOf } from "../terminal/exit.ts";
import { say } from "../terminal/say.ts";
import { StopSignal } from "../terminal/stop-signal.ts";
import { tellAlarms } from "./send.ts";

type StatusCommand = CommandOf<"status">;

/** How often a watched store is read, in milliseconds. */
const EVERY = 2_000;

/** A worker that has been silent for longer may be gone, in milliseconds. */
const SILENT = 30_000;

/** `dots-outbox status` */
export async function statusCommand(command: StatusCommand): Promise<Exit> {
  const { store, watch, json } = command;
  const target = await targetOfStore(store, command.target);
  await using outbox = await openTarget(target, store, false);
  if (!watch) {
    const status = await look(outbox);
    if (json) say(JSON.stringify({ ...status, fates: await outbox.fates() }, null, 2));
    else {
      await tell(outbox, store, target, status, undefined);
      await tellRows(outbox);
    }
    return exit(status);
  }
  using stop = new StopSignal(() => undefined);
  const reader = new AbortController();
  process.stdout.once("error", () => reader.abort());
  const end = AbortSignal.any([stop.signal, reader.signal]);
  let before: Watched | undefined;
  for (;;) {
    const status = await look(outbox);
    const now: Watched = { at: performance.now(), decided: decided(status.counts) };
    const perSecond = before === undefined ? undefined : rate(before, now);
    if (json) say(JSON.stringify({ ...status, perSecond }));
    else {
      if (process.stdout.isTTY) process.stdout.write("\u001b[H\u001b[2J");
      await tell(outbox, store, target, status, perSecond);
    }
    before = now;
    await sleep(EVERY, undefined, { signal: end }).catch(() => undefined);
    if (end.aborted) return exit(status);
  }
}

/** `dots-outbox read-back` */
export async function readBackCommand({ store, target: flags }: CommandOf<"read-back">): Promise<Exit> {
  const target = await targetOfStore(store, flags);
  await using outbox = await openTarget(target, store, true);
  await outbox.readBack();
  const [counts, alarms] = [await outbox.counts(), await outbox.alarms()];
  await tellAlarms(outbox);
  say(`accepted         ${rows(counts.accepted.rows).padStart(14)}`);
  await tellFates(outbox);
  return exitOf(counts, alarms.length, false);
}

type Status = Awaited<ReturnType<typeof look>>;

async function look(outbox: Outbox) {
  const counts = await outbox.counts();
  const { stopped, paused, limits, waits } = await outbox.status();
  const [alarms, workers] = [(await outbox.alarms()).length, await outbox.workers()];
  return { counts, alarms, stopped, paused, limits, waits, workers };
}

function exit({ counts, alarms, stopped }: Status): Exit {
  return exitOf(counts, alarms, stopped !== undefined);
}

/** How many rows were decided, and when. */
interface Watched {
  readonly at: number;
  readonly decided: number;
}

function decided(counts: Counts): number {
  return counts.accepted.rows + counts.refused.rows;
}

function rate(before: Watched, now: Watched): number {
  return Math.max(0, ((now.decided - before.decided) * 1_000) / (now.at - before.at));
}

async function tell(
  outbox: Outbox,
  store: string,
  target: Target,
  { counts, stopped, paused, limits, waits, workers }: Status,
  perSecond: number | undefined,
): Promise<void> {
  say(`${shown(store)}: ${nameOf(target)}`);
  await tellAlarms(outbox);
  if (stopped !== undefined) say(`STOPPED  ${stopped}. Nothing is sent until you run recover.`);
  else if (paused !== undefined) {
    say(`The last run stopped early: ${paused}.${paused.includes("Run resume") ? "" : " Run resume."}`);
  }
  if (waits !== undefined) say(`WAITING  ${waits}.`);
  for (const state of STATES) {
    const { rows: number, amount } = counts[state];
    if (number > 0) {
      say(
        `${state.padEnd(16)} ${rows(number).padStart(14)}  ${money(amount).padStart(16)}  ${MEANINGS[state]}`,
      );
      if (state === "accepted") await tellFates(outbox);
    }
  }
  await tellLimits(outbox, limits);
  if (perSecond !== undefined) say(`\n${perSecond.toFixed(1)} rows decided per second`);
  if (workers.length > 0) say("");
  for (const worker of workers) say(workerLine(worker));
  const isSending = workers.some(({ silentFor }) => silentFor <= SILENT);
  if (isPostgres(store) && !isSending && counts.pending.rows + counts.sending.rows > 0) {
    say("\nNo worker is running to send the pending rows. Start one: dots-outbox work --store …");
  }
}

function workerLine({
  name,
  silentFor,
  concurrency,
  underWay,
  requests,
  waiting,
}: Status["workers"][number]): string {
  const parts = [
    `worker ${name}`,
    `${underWay} of ${concurrency} in progress`,
    `${count(requests)} sent`,
    ...(silentFor > SILENT ? [`SILENT for ${Math.round(silentFor / 1_000)} s`] : []),
    ...(waiting === undefined ? [] : [waiting]),
  ];
  return parts.join("  ");
}

/** What happened to the accepted rows, as far as it was read back. */
async function tellFates(outbox: Outbox): Promise<void> {
  for (const { fate, rows: number, amount } of await outbox.fates()) {
    say(`  ${(fate ?? "(unknown)").padEnd(14)} ${rows(number).padStart(14)}  ${money(amount).padStart(16)}`);
  }
}

/** Rows that a person has to do something about. */
async function tellRows(outbox: Outbox): Promise<void> {
  let shown = 0;
  for await (const { id, state, reason } of outbox.list("unresolved", "refused")) {
    if (shown === 0) say("");
    shown += 1;
    if (shown > 20) {
      say("… export lists them all.");
      return;
    }
    say(`${id}  ${state}: ${reason ?? ""}`);
  }
}
