import { bundledApi } from "../api/bundled-api.ts";
import { collect } from "../collect.ts";
import type { CommandOf } from "../command-line/command.ts";
import { nameOf, openTarget, targetOfStore } from "../command-line/target.ts";
import type { Intent } from "../ledger/intent.ts";
import type { Outbox } from "../outbox.ts";
import { OutboxError } from "../outbox-error.ts";
import { money, rows } from "../report/words.ts";
import { requireRow } from "../require-row.ts";
import { inputOf } from "../review/file-rows.ts";
import { readRows } from "../rows/read-rows.ts";
import { ask } from "../terminal/ask.ts";
import { EXIT, type Exit } from "../terminal/exit.ts";
import { warn } from "../terminal/say.ts";
import { who } from "../terminal/who.ts";
import { requireClient, send } from "./send.ts";

type RetryCommand = CommandOf<"retry">;

/** A row to send again, with corrected content if there is some. */
interface Wanted {
  readonly id: string;
  readonly body?: unknown;
  readonly amount: number;
}

/** `dots-outbox retry` */
export async function retryCommand(command: RetryCommand): Promise<Exit> {
  const { store } = command;
  const target = await targetOfStore(store, command.target);
  await using outbox = await openTarget(target, store, true);
  await requireClient(outbox, command.send);
  const wanted = await wantedRows(outbox, command);
  const amount = money(wanted.reduce((sum, row) => sum + row.amount, 0));
  const question = `Send ${rows(wanted.length)}, ${amount} in all, again with new keys, to ${nameOf(target)}?`;
  if (!command.yes && !(await ask(question, "There is no terminal to ask on: add --yes.")))
    return EXIT.cannotStart;
  const { moved, left } = await outbox.retryAll(wanted, { who: who() });
  for (const { reason } of left.slice(0, 20)) warn(reason);
  if (moved.length === 0) {
    warn("Nothing was sent.");
    return EXIT.cannotStart;
  }
  return await send(outbox, store, target, command.send);
}

async function wantedRows(outbox: Outbox, { which, file, format }: RetryCommand): Promise<Wanted[]> {
  const candidates = await candidatesOf(outbox, which);
  if (file === undefined) return candidates.map(({ id, amount }) => ({ id, amount }));
  const isOne = typeof which === "object";
  const corrected = await readCorrected(outbox, candidates, { file, format }, isOne);
  if (isOne && corrected.length === 0) throw new OutboxError(`${file} has no row ${which.id}.`);
  return corrected;
}

/** @throws OutboxError if there is none */
async function candidatesOf(outbox: Outbox, which: RetryCommand["which"]): Promise<Intent[]> {
  if (typeof which === "object") {
    return [await requireRow(outbox, which.id)];
  }
  const found = await collect(outbox.list(which));
  if (found.length === 0) throw new OutboxError(`The store has no rows that are ${which}.`);
  return found;
}

/**
 * The rows of a file; only these are sent again.
 * @param mayHoldOthers whether to ignore rows that are not to be sent again
 * @throws OutboxError if the file has anything but rows to send again
 */
async function readCorrected(
  outbox: Outbox,
  candidates: readonly Intent[],
  given: Pick<RetryCommand, "format"> & { readonly file: string },
  mayHoldOthers: boolean,
): Promise<Wanted[]> {
  const [name = "", ...others] = new Set(candidates.map(({ call }) => call));
  if (others.length > 0) {
    throw new OutboxError("The rows belong to several calls: correct them one at a time, by ID.");
  }
  const ids = new Set(candidates.map(({ id }) => id));
  const api = bundledApi();
  const corrected = new Map<string, Wanted>();
  const problems: string[] = [];
  for await (const { id, line, body, problems: found } of readRows(inputOf(given), api, api.call(name))) {
    if (mayHoldOthers && !ids.has(id)) continue;
    const say = (column: string, message: string) => problems.push(`  line ${line}, ${column}: ${message}`);
    for (const { column, message } of found) say(column, message);
    if (!ids.has(id)) say("id", `${JSON.stringify(id)} is not one of the rows to send again`);
    else if (corrected.has(id)) say("id", `${JSON.stringify(id)} appears twice`);
    else if (found.length === 0) {
      const { amount, broken } = outbox.check({ id, call: name, body });
      for (const { path, message } of broken) say(path === "" ? "the row" : path, message);
      corrected.set(id, { id, body, amount });
    }
  }
  if (problems.length === 0) return [...corrected.values()];
  throw new OutboxError(`Nothing was sent. Correct these first:\n${problems.slice(0, 20).join("\n")}`);
}
