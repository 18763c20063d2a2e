import type { Api, Call } from "../api/calls.ts";
import type { Composer } from "../api/composer.ts";
import { delivers } from "../api/deliveries.ts";
import { messageOf, OutboxError } from "../outbox-error.ts";
import { count } from "../report/words.ts";
import { type Input, readRows } from "./read-rows.ts";
import type { InputRow, Problem } from "./row.ts";
import { Staging } from "./staging.ts";

/** The number of problems shown. More are only counted. */
const MOST = 20;

/** Valid rows, and their total. */
export interface Checked {
  readonly staging: Staging;
  readonly amount: number;
  /** The largest amount of a row. */
  readonly largest: number;
  /** How many rows make the API message a person. */
  readonly delivered: number;
  /** How many rows have no room for our reference, and cannot be found again. */
  readonly unfindable: number;
}

/**
 * Checks every row of the input against the spec.
 * @throws OutboxError that lists what is wrong, by line and column
 */
export async function checkRows(
  input: Input,
  api: Api,
  call: Call,
  composer: Composer,
  maxAmount: number | undefined,
): Promise<Checked> {
  const staging = new Staging();
  const problems: string[] = [];
  let wrong = 0;
  let [amount, largest, delivered, unfindable] = [0, 0, 0, 0];
  try {
    for await (const row of readRows(input, api, call)) {
      const found = problemsOf(row, call, composer, maxAmount);
      wrong += found.problems.length;
      for (const { column, message } of found.problems) {
        if (problems.length < MOST) problems.push(`  line ${row.line}, ${column}: ${message}`);
      }
      if (found.problems.length > 0) continue;
      amount += found.amount;
      largest = Math.max(largest, found.amount);
      if (!found.findable) unfindable += 1;
      if (delivers(call.deliveries, row.body)) delivered += 1;
      staging.add(row.line, row.id, row.body, call);
    }
    if (wrong > 0) {
      const more = wrong > problems.length ? `\n  and ${count(wrong - problems.length)} more` : "";
      throw new OutboxError(`Nothing was sent. Correct these first:\n${problems.join("\n")}${more}`);
    }
    if (staging.rows === 0) throw new OutboxError(`${input.file} has no rows.`);
    requireOwnIds(staging);
    return { staging, amount, largest, delivered, unfindable };
  } catch (error) {
    staging.close();
    throw error;
  }
}

interface Judged {
  readonly problems: readonly Problem[];
  readonly amount: number;
  readonly findable: boolean;
}

function problemsOf(row: InputRow, call: Call, composer: Composer, maxAmount: number | undefined): Judged {
  const problems = [...row.problems];
  if (row.id === "") problems.push({ column: "id", message: "is missing: your own ID of the row" });
  if (problems.length > 0) return { problems, amount: 0, findable: false };
  try {
    const { intent, broken } = composer.check({ id: row.id, call: call.name, body: row.body });
    problems.push(...broken.map(({ path, message }) => ({ column: columnOf(path), message })));
    if (maxAmount !== undefined && intent.amount > maxAmount) {
      const column = columnOf(call.amountAt ?? "");
      problems.push({ column, message: `${intent.amount} is more than --max-amount ${maxAmount}` });
    }
    return { problems, amount: intent.amount, findable: intent.findable };
  } catch (error) {
    if (!(error instanceof OutboxError)) throw error;
    return { problems: [{ column: "the row", message: messageOf(error) }], amount: 0, findable: false };
  }
}

/** The name of the column for a place in the request. */
function columnOf(pointer: string): string {
  return pointer === "" ? "the row" : pointer.slice(1).replaceAll("/", ".");
}

function requireOwnIds(staging: Staging): void {
  const twice = staging.sameIds();
  if (twice.length === 0) return;
  const lines = twice
    .slice(0, MOST)
    .map(({ what, lines: numbers }) => `  ${what}: lines ${numbers.slice(0, 10).join(", ")}`);
  throw new OutboxError(
    `Nothing was sent. An ID is sent once, so each row needs its own. These appear several times:\n${lines.join("\n")}`,
  );
}
