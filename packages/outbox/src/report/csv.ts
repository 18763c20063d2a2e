import type { Intent } from "../ledger/intent.ts";

const COLUMNS = [
  "id",
  "call",
  "state",
  "resource",
  "fate",
  "amount",
  "key",
  "attempts",
  "reason",
  "alarm",
  "added",
  "first_sent",
  "changed",
] as const;

export const CSV_HEADER = `${COLUMNS.join(",")}\r\n`;

/** A row of the report (RFC 4180). */
export function csvRow(intent: Intent): string {
  const values: Record<(typeof COLUMNS)[number], string | number | undefined> = {
    id: intent.id,
    call: intent.call,
    state: intent.state,
    resource: intent.object,
    fate: intent.fate,
    amount: intent.amount,
    key: intent.key,
    attempts: intent.attempts,
    reason: intent.reason,
    alarm: intent.alarm,
    added: time(intent.addedAt),
    first_sent: intent.firstAt === undefined ? undefined : time(intent.firstAt),
    changed: time(intent.changedAt),
  };
  return `${COLUMNS.map((column) => cell(plain(String(values[column] ?? "")))).join(",")}\r\n`;
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** A spreadsheet would treat text that starts with these as a formula, and run it. */
function plain(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
