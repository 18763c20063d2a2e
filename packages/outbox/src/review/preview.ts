import type { Call } from "../api/calls.ts";
import type { AnyIntent } from "../api/composer.ts";
import type { Target } from "../command-line/target.ts";
import type { Comparison } from "../compare.ts";
import type { Counts } from "../engine/summary.ts";
import type { Outbox } from "../outbox.ts";
import { OutboxError } from "../outbox-error.ts";
import { count, money, rows } from "../report/words.ts";
import type { Checked } from "../rows/check-rows.ts";
import { warn } from "../terminal/say.ts";

/** Shows the total of the file's rows, and what is special about them. */
export function preview(
  { staging, amount, largest, delivered, unfindable }: Checked,
  call: Call,
  target: string,
): void {
  warn(`${rows(staging.rows)} of ${call.name}, to ${target}`);
  warn(`${money(amount)} in all, at most ${money(largest)} for one`);
  if (call.key === undefined) {
    warn(
      "This call takes no idempotency key: if an answer is lost, the row is never sent again, and a person has to check.",
    );
  }
  if (delivered > 0) warn(`The API sends a message to a person for ${rows(delivered)}.`);
  if (call.referenceAt === undefined) warn("This call has no room for the ID: rows cannot be found again.");
  else if (unfindable > 0) {
    warn(
      `${rows(unfindable)} cannot be found again, because ${call.referenceAt.slice(1)} is a string. Leave it out or make it an object, to leave room for the ID.`,
    );
  }
}

/** What a run would send. */
export interface ToSend {
  readonly rows: number;
  readonly amount: number;
  /** Rows of the file that are not in the store. */
  readonly fresh: { readonly rows: number; readonly amount: number };
  /** Rows of the file that are already in the store. */
  readonly known: number;
  /** Rows that are not in the file, but still to be sent. */
  readonly earlier: { readonly rows: number; readonly amount: number };
}

/** What a run would send: the new rows of the file, and everything that the store still has to send. */
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

/** Shows what the store adds to the rows of the file. */
export function previewStore({ rows: number, known, earlier }: ToSend): void {
  if (known > 0)
    warn(
      `${rows(known)} of the file ${known === 1 ? "is" : "are"} already in the store, and will not be sent twice.`,
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

/** Shown instead of the question with `--yes`. */
export function sending(toSend: ToSend, target: Target): string {
  return `Sending ${inAll(toSend, target)}`;
}

function inAll({ rows: number, amount }: ToSend, { environment, account }: Target): string {
  const where = environment === undefined ? account.baseUrl : environment.toUpperCase();
  return `${rows(number)}, ${money(amount)} in all, to ${where}`;
}

/** @throws OutboxError if an ID of the file is known with different content */
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
    `Nothing was sent. One ID is sent once, and these are known with different content:\n${shown.join("\n")}${more}\n` +
      "Give new rows new IDs. To correct rows that were refused or settled as not paid, use retry.",
  );
}
