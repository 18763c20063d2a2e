import type { Reading } from "../../ledger/age.ts";
import type { Move } from "../changes.ts";
import { number, optionalNumber, optionalText, type Row } from "../row.ts";
import type { Answer } from "../turn.ts";
import { get, run, type Work } from "../work.ts";
import { raiseAlarm } from "./alarms.ts";
import { fold } from "./findings.ts";
import { note, stateOf } from "./intents.ts";
import { move } from "./move.ts";
import { seeObject, warnOfOthers } from "./objects.ts";

/** Stores the result of an attempt, and what its answer shows about another row. */
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

/** Stores the result of an attempt. */
function* recordAnswer(answer: Answer, now: Reading): Work<Move | undefined> {
  const attempt = yield* get("SELECT * FROM outbox_attempt WHERE n = ?", answer.attempt);
  const row = yield* get("SELECT * FROM outbox_intent WHERE seq = ?", number(attempt, "intent"));
  if (attempt === undefined || row === undefined) throw new Error(`there is no attempt ${answer.attempt}`);
  if (answer.kind === "accepted") {
    yield* close(answer, "accepted");
    yield* warnOfOthers(row, answer.object, now.ledger);
    if (answer.alarm !== undefined) yield* raiseAlarm(row, now.ledger, answer.alarm);
    return yield* seeObject(row, answer.object, now, answer.reason);
  }
  // An answer to an old key says nothing about the new one. A late answer does not change a final state.
  const state = stateOf(row);
  const isCurrent =
    number(attempt, "generation") === number(row, "generation") &&
    (state === "sending" || state === "unresolved");
  const isLast = number(row, "claim") === answer.attempt;
  switch (answer.kind) {
    case "void": {
      yield* close(answer, "void");
      if (!isCurrent || state !== "sending" || !isLast) return undefined;
      const to = (yield* openAttempts(row)) > 0 ? "sending" : "pending";
      return yield* move(row, to, now.ledger, {
        reason: answer.reason,
        due: now.ledger + answer.after,
        endLease: true,
      });
    }
    case "refused": {
      yield* close(answer, "refused");
      if (!isCurrent) return undefined;
      if ((yield* openAttempts(row)) > 0 || number(row, "restored") === 1) {
        const reason = `${answer.reason}. An earlier request may still have been carried out`;
        return isLast ? yield* move(row, "unresolved", now.ledger, { reason }) : undefined;
      }
      return yield* move(row, "refused", now.ledger, { reason: answer.reason, cause: answer.cause });
    }
    case "open": {
      yield* run(
        "UPDATE outbox_attempt SET answer = ?, client = coalesce(?, client) WHERE n = ?",
        answer.reason,
        answer.client ?? null,
        answer.attempt,
      );
      if (answer.odd !== undefined) yield* note(row, now.ledger, "answer", answer.reason);
      if (!isCurrent || state !== "sending" || !isLast) return undefined;
      // Without a key, the request can't be sent again. A wrong answer may be right the next time.
      const isLost = optionalText(attempt, "key") === undefined || (yield* wasOddBefore(row, answer));
      if (isLost && answer.odd !== undefined) yield* raiseAlarm(row, now.ledger, answer.reason);
      const to = isLost ? "unresolved" : "sending";
      return yield* move(row, to, now.ledger, {
        reason: answer.reason,
        due: now.ledger + answer.after,
        endLease: true,
      });
    }
  }
}

function* close(answer: Answer, closed: string): Work<void> {
  yield* run(
    "UPDATE outbox_attempt SET closed = ?, answer = ? WHERE n = ?",
    closed,
    answer.reason,
    answer.attempt,
  );
}

/** Whether an earlier request with the current key was answered with the same wrong object. */
function* wasOddBefore(row: Row, answer: Answer): Work<boolean> {
  if (answer.kind !== "open" || answer.odd === undefined) return false;
  const before = yield* get(
    "SELECT 1 FROM outbox_attempt WHERE intent = ? AND generation = ? AND n <> ? AND answer = ?",
    number(row, "seq"),
    number(row, "generation"),
    answer.attempt,
    answer.reason,
  );
  return before !== undefined;
}

/** Attempts with the current key that may still be carried out, or may have been. */
function* openAttempts(row: Row): Work<number> {
  const open = yield* get(
    "SELECT count(*) AS open FROM outbox_attempt WHERE intent = ? AND generation = ? AND closed IS NULL",
    number(row, "seq"),
    number(row, "generation"),
  );
  return optionalNumber(open, "open") ?? 0;
}
