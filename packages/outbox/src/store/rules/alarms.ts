import { number, optionalText, type Row } from "../row.ts";
import { all, get, run, type Work } from "../work.ts";
import { note } from "./intents.ts";

/** The history event of a person having looked at an alarm. */
export const ACKNOWLEDGED = "acknowledged";

/** Marks an intent for a person to look at. Earlier marks stay. */
export function* raiseAlarm(row: Row, now: number, alarm: string): Work<void> {
  const fresh = yield* get("SELECT alarm FROM outbox_intent WHERE seq = ?", number(row, "seq"));
  const before = optionalText(fresh, "alarm");
  if (before?.includes(alarm) === true) return;
  const acknowledged = yield* all(
    "SELECT detail FROM outbox_history WHERE intent = ? AND event = ?",
    number(row, "seq"),
    ACKNOWLEDGED,
  );
  if (acknowledged.some((entry) => optionalText(entry, "detail")?.includes(alarm) === true)) return;
  yield* note(row, now, "alarm", alarm);
  yield* run(
    "UPDATE outbox_intent SET alarm = ?, changed_at = ? WHERE seq = ?",
    before === undefined ? alarm : `${alarm}; ${before}`,
    now,
    number(row, "seq"),
  );
}
