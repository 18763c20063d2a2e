import { userInfo } from "node:os";
import { bundledApi } from "../api/bundled-api.ts";
import { STATES } from "../ledger/intent.ts";
import type { Outbox } from "../outbox.ts";
import { OutboxError } from "../outbox-error.ts";
import { MEANINGS, money, rows } from "../report/words.ts";
import { csv, writeReport } from "../report/write-report.ts";
import { readRows } from "../rows/read-rows.ts";
import { ask } from "./ask.ts";
import { EXIT, type Exit, exitOf } from "./exit.ts";
import type { Command } from "./options.ts";
import { inputOf } from "./run.ts";
import { send, tellAlarms } from "./send.ts";
import { nameOf, openTarget, targetOfStore } from "./target.ts";

type Of<Kind extends Command["kind"]> = Extract<Command, { kind: Kind }>;

/** `dots-outbox resume` */
export async function resumeCommand({ store, target: flags, send: options }: Of<"resume">): Promise<Exit> {
  const target = targetOfStore(store, flags);
  await using outbox = await openTarget(target, store, true);
  return await send(outbox, store, target, options);
}

/** `dots-outbox retry` */
export async function retryCommand(command: Of<"retry">): Promise<Exit> {
  const { store, which } = command;
  const target = targetOfStore(store, command.target);
  await using outbox = await openTarget(target, store, true);
  const wanted = await wantedRows(outbox, command);
  if (wanted.length === 0) throw new OutboxError(`The store has no rows that are ${String(which)}.`);
  const question = `Send ${rows(wanted.length)} again, with new keys, to ${nameOf(target)}?`;
  if (!command.yes && !(await ask(question, "Nobody can be asked here: add --yes."))) return EXIT.cannotStart;
  const { moved, left } = await outbox.retryAll(wanted, { who: who() });
  for (const { reason } of left.slice(0, 20)) console.error(reason);
  if (moved.length === 0) {
    console.error("Nothing was sent.");
    return EXIT.cannotStart;
  }
  return await send(outbox, store, target, command.send);
}

/** The rows to send again, with corrected content where the file has it. */
async function wantedRows(
  outbox: Outbox,
  { which, file, format }: Of<"retry">,
): Promise<{ readonly id: string; readonly body?: unknown }[]> {
  const ids: string[] = [];
  const calls = new Map<string, string>();
  if (typeof which === "object") ids.push(which.id);
  else for await (const { id } of outbox.list(which)) ids.push(id);
  if (file === undefined) return ids.map((id) => ({ id }));
  for (const id of ids) calls.set(id, (await outbox.find(id))?.call ?? "");
  const [name = "", ...others] = new Set(calls.values());
  if (others.length > 0)
    throw new OutboxError("The rows are of several calls: correct those of one at a time, by ID.");
  const api = bundledApi();
  const corrected = new Map<string, unknown>();
  for await (const row of readRows(inputOf({ file, format }), api, api.call(name))) {
    const [problem] = row.problems;
    if (problem !== undefined)
      throw new OutboxError(`line ${row.line}, ${problem.column}: ${problem.message}.`);
    if (calls.has(row.id)) corrected.set(row.id, row.body);
  }
  if (typeof which === "object" && !corrected.has(which.id))
    throw new OutboxError(`${file} has no row ${which.id}.`);
  return ids.map((id) => ({ id, ...(corrected.has(id) ? { body: corrected.get(id) } : {}) }));
}

/** `dots-outbox settle` */
export async function settleCommand(command: Of<"settle">): Promise<Exit> {
  const { store, id, paid, object, note } = command;
  const target = targetOfStore(store, command.target);
  await using outbox = await openTarget(target, store, !paid);
  if (id !== undefined) {
    await outbox.settle(id, paid ? "paid" : "not-paid", { who: who(), note, object });
    console.log(`${id} is settled as ${paid ? "" : "not "}paid.`);
    return EXIT.done;
  }
  const { moved, left } = await outbox.settleAllAsNotPaid({ who: who(), note });
  for (const { reason } of left.slice(0, 20)) console.error(reason);
  console.log(`${rows(moved.length)} settled as not paid, ${rows(left.length)} left as they are.`);
  return left.length > 0 ? EXIT.attention : EXIT.done;
}

/** `dots-outbox status` */
export async function statusCommand({ store, target: flags, json }: Of<"status">): Promise<Exit> {
  const target = targetOfStore(store, flags);
  await using outbox = await openTarget(target, store, false);
  const [counts, { stopped, paused }, alarms] = [
    await outbox.counts(),
    await outbox.status(),
    await outbox.alarms(),
  ];
  const exit = exitOf(counts, alarms.length, stopped !== undefined);
  if (json) {
    console.log(JSON.stringify({ counts, alarms: alarms.length, stopped, paused }, null, 2));
    return exit;
  }
  console.log(`${store}: ${nameOf(target)}`);
  await tellAlarms(outbox);
  if (stopped !== undefined) console.log(`STOPPED  ${stopped}. Nothing is sent before recover.`);
  else if (paused !== undefined) console.log(`The last run stopped early: ${paused}. Run resume.`);
  for (const state of STATES) {
    const { rows: number, amount } = counts[state];
    if (number > 0) {
      console.log(
        `${state.padEnd(16)} ${rows(number).padStart(14)}  ${money(amount).padStart(16)}  ${MEANINGS[state]}`,
      );
    }
  }
  await tellRows(outbox);
  return exit;
}

/** Rows that a person has to do something about. */
async function tellRows(outbox: Outbox): Promise<void> {
  let shown = 0;
  for await (const { id, state, reason } of outbox.list("unresolved", "refused")) {
    if (shown === 0) console.log("");
    shown += 1;
    if (shown > 20) {
      console.log("… export has them all.");
      return;
    }
    console.log(`${id}  ${state}: ${reason ?? ""}`);
  }
}

/** `dots-outbox export` */
export async function exportCommand({ store, target: flags, output }: Of<"export">): Promise<Exit> {
  const target = targetOfStore(store, flags);
  await using outbox = await openTarget(target, store, false);
  if (output === undefined) for await (const line of csv(outbox)) process.stdout.write(line);
  else await writeReport(output, { outbox, store, target: nameOf(target) });
  return EXIT.done;
}

/** `dots-outbox history` */
export async function historyCommand({ store, target: flags, id }: Of<"history">): Promise<Exit> {
  const target = targetOfStore(store, flags);
  await using outbox = await openTarget(target, store, false);
  const intent = await outbox.find(id);
  if (intent === undefined) throw new OutboxError(`There is no row with the ID ${JSON.stringify(id)}.`);
  for (const { at, event, detail, who: person } of await outbox.history(id)) {
    const time = new Date(at).toISOString();
    console.log(
      [time, event, detail, person === undefined ? undefined : `(${person})`].filter(Boolean).join("  "),
    );
  }
  return EXIT.done;
}

/** `dots-outbox recover` */
export async function recoverCommand({ store, target: flags }: Of<"recover">): Promise<Exit> {
  const target = targetOfStore(store, flags);
  await using outbox = await openTarget(target, store, true);
  const left = await outbox.recover({ who: who() });
  console.log(`${rows(left)} may have been paid since the backup, and are unresolved now.`);
  console.log(
    "In ten minutes or so, settle --all --not-paid settles those that the API's list does not show.",
  );
  return left > 0 ? EXIT.attention : EXIT.done;
}

function who(): string {
  return userInfo().username;
}
