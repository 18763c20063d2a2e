import type { Reading } from "../../ledger/age.ts";
import type { Move } from "../changes.ts";
import type { Answer } from "../turn.ts";
import { run, type Work } from "../work.ts";
import { recordAnswer } from "./answers.ts";
import { fold } from "./findings.ts";

/** Stores what came of an attempt, and what its answer shows of another row. */
export function* keepAnswer(answer: Answer, now: Reading): Work<Move[]> {
  const moved = yield* recordAnswer(answer, now);
  const moves = moved === undefined ? [] : [moved];
  const other = answer.kind === "open" ? answer.odd?.other : undefined;
  if (other === undefined) return moves;
  const { resolved, unknown } = yield* fold([other], now, "An answer");
  if (unknown.length > 0) {
    yield* run(
      "UPDATE outbox_ledger SET stopped = coalesce(stopped, ?)",
      `The API answered with ${other.id} for ${other.reference}, which this store has not sent. It was restored from a backup, or another store uses the same IDs`,
    );
  }
  return [...moves, ...resolved];
}
