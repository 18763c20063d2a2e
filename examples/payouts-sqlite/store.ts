import { DatabaseSync } from "node:sqlite";
import type { NewPayout } from "@dots-payouts/client";

/** A payout by your own ID. From `start` on it may have been sent. */
export interface Row {
  readonly id: string;
  readonly body: NewPayout;
  readonly outcome: "not_sent" | "unknown" | "rejected" | "paid";
  readonly key: string;
  readonly firstSentAt: string;
  /** For which account it was sent. */
  readonly account: string;
  readonly payout: string | null;
  readonly reason: string | null;
}

const db = new DatabaseSync(process.env["DATABASE"] ?? "payouts.db");
// The lock is kept: a second process would pay the same rows with other keys.
db.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; BEGIN EXCLUSIVE;
  CREATE TABLE IF NOT EXISTS payouts (id TEXT PRIMARY KEY, body TEXT NOT NULL, outcome TEXT NOT NULL DEFAULT 'not_sent',
    key TEXT NOT NULL DEFAULT '', firstSentAt TEXT NOT NULL DEFAULT '',
    account TEXT NOT NULL DEFAULT '', payout TEXT, reason TEXT) STRICT; COMMIT`);

const insert = db.prepare("INSERT OR IGNORE INTO payouts (id, body) VALUES (?, ?)");
const find = db.prepare(
  "SELECT json_object('id', id, 'body', json(body), 'outcome', outcome, 'key', key, 'firstSentAt', firstSentAt, 'account', account, 'payout', payout, 'reason', reason) AS row FROM payouts WHERE id = ?",
);
const unsettled = db.prepare("SELECT id FROM payouts WHERE outcome IN ('not_sent', 'unknown')");
const start = db.prepare(
  "UPDATE payouts SET outcome = 'unknown', key = ?, account = ?, firstSentAt = ? WHERE id = ?",
);
const end = db.prepare("UPDATE payouts SET outcome = ?, payout = ?, reason = ? WHERE id = ?");

export const store = {
  /** Adds a payout, if there is none with this ID. */
  add: (id: string, body: string): unknown => insert.run(id, body),
  get: (id: string): Row => JSON.parse(String(find.get(id)?.["row"])),
  unsettled: (): string[] => unsettled.all().map(({ id }) => String(id)),
  start: (id: string, key: string, account: string): unknown =>
    start.run(key, account, new Date().toISOString(), id),
  end: (id: string, outcome: Row["outcome"], payout: string | null, reason: string | null): unknown =>
    end.run(outcome, payout, reason, id),
};
