import type { Call } from "../api/calls.ts";
import type { AnyIntent } from "../api/composer.ts";
import type { Counts } from "../engine/summary.ts";
import type { Comparison, Outbox } from "../outbox.ts";
import { OutboxError } from "../outbox-error.ts";
import { count, money, rows } from "../report/words.ts";
import type { Checked } from "./check-rows.ts";
import { warn } from "./say.ts";
import type { Target } from "./target.ts";

/** Says what the rows of the file come to, and what is special about them. */
export function preview(
  { staging, amount, largest, delivered, unfindable }: Checked,
  call: Call,
  target: string,
): void {
  warn(`${rows(staging.rows)} of ${call.name}, to ${target}`);
  warn(`${money(amount)} in all, ${money(largest)} at the most for one`);
  if (call.key === undefined) {
    warn(
      "This call takes no idempotency key: a row whose answer is lost is never sent again, a person has to look.",
    );
  }
  if (delivered > 0) warn(`The API writes to a person for ${rows(delivered)}.`);
  if (call.referenceAt === undefined) warn("This call has no room for the ID: rows cannot be found again.");
  else if (unfindable > 0) {
    warn(
      `${rows(unfindable)} cannot be found again, because ${call.referenceAt.slice(1)} holds a text of yours. An object, or nothing, leaves room for the ID.`,
    );
  }
}

/** What a run would send. */
export interface ToSend {
  readonly rows: number;
  readonly amount: number;
  /** Rows of the file that are not in the store. */
  readonly fresh: { readonly rows: number; readonly amount: number };
  /** Rows of the file that are in the store already. */
  readonly known: number;
  /** Rows that are not in the file, and still to be sent. */
  readonly earlier: { readonly rows: number; readonly amount: number };
}

/** What a run would send: the rows of the file that are new, and all that the store has left to send. */
export function toSend({ staging, amount }: Checked, known: Counts, all: Counts): ToSend {
  const states = Object.values(known);
  const fresh = {
    rows: staging.rows - states.reduce((sum, state) => sum + state.rows, 0),
    amount: amount - states.reduce((sum, state) => sum + state.amount, 0),
  };
  return {
    rows: fresh.rows + all.pending.rows,
    amount: fresh.amount + all.pending.amount,
    fresh,
    known: staging.rows - fresh.rows,
    earlier: {
      rows: all.pending.rows - known.pending.rows,
      amount: all.pending.amount - known.pending.amount,
    },
  };
}

/** Says what the store adds to the rows of the file. */
export function previewStore({ rows: number, known, earlier }: ToSend): void {
  if (known > 0)
    warn(
      `${rows(known)} of the file ${known === 1 ? "is" : "are"} in the store already, and ${known === 1 ? "is" : "are"} not sent twice.`,
    );
  if (earlier.rows > 0) {
    warn(
      `${rows(earlier.rows)} that ${earlier.rows === 1 ? "was added earlier is" : "were added earlier are"} still to be sent, ${money(earlier.amount)} in all.`,
    );
  }
  if (number === 0) warn("No row is left to send.");
}

export function question(toSend: ToSend, target: Target): string {
  return `Send ${inAll(toSend, target)}?`;
}

/** What is said instead of the question, where nobody is asked. */
export function sending(toSend: ToSend, target: Target): string {
  return `Sending ${inAll(toSend, target)}`;
}

function inAll({ rows: number, amount }: ToSend, { environment, account }: Target): string {
  const where = environment === undefined ? account.baseUrl : environment.toUpperCase();
  return `${rows(number)}, ${money(amount)} in all, to ${where}`;
}

/** @throws OutboxError when an ID of the file is known with other content */
export async function requireSame(outbox: Outbox, intents: Iterable<AnyIntent>): Promise<Comparison> {
  const compared = await outbox.compare(intents);
  const { differ, differences } = compared;
  if (differ === 0) return compared;
  const shown = differences
    .slice(0, 10)
    .map(
      ({ id, state, calls, given, now }) =>
        `  ${id} (${state})\n    before: ${calls.before} ${given}\n    now:    ${calls.now} ${now}`,
    );
  const more = differ > shown.length ? `\n  and ${count(differ - shown.length)} more` : "";
  throw new OutboxError(
    `Nothing was sent. One ID is sent once, and these are known with other content:\n${shown.join("\n")}${more}\n` +
      "Give new rows new IDs. Rows that were refused, or settled as not paid, are corrected by retry.",
  );
}
