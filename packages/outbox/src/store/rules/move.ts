import type { State } from "../../ledger/intent.ts";
import type { Move } from "../changes.ts";
import { number, type Row, text } from "../row.ts";
import { run, type Work } from "../work.ts";
import { stateOf } from "./intents.ts";

/** What to write with the new state of an intent. */
interface Change {
  readonly reason: string;
  readonly cause?: string | undefined;
  readonly due?: number | undefined;
  readonly who?: string | undefined;
  /** Whether anybody may repeat its attempt from now on. */
  readonly endLease?: boolean;
}

/** Moves an intent to a state. The tables write the history line. */
export function* move(row: Row, to: State, now: number, change: Change): Work<Move> {
  yield* run(
    `UPDATE outbox_intent SET state = ?, reason = ?, cause = ?, who = ?, due = ?, lease = ?, changed_at = ? WHERE seq = ?`,
    to,
    change.reason,
    change.cause ?? null,
    change.who ?? null,
    Math.ceil(change.due ?? number(row, "due")),
    change.endLease === true ? now : number(row, "lease"),
    now,
    number(row, "seq"),
  );
  return { id: text(row, "id"), amount: number(row, "amount"), from: stateOf(row), to };
}
