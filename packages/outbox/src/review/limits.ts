import type { Outbox } from "../outbox.ts";
import { OutboxError } from "../outbox-error.ts";
import { count, money } from "../report/words.ts";
import type { Checked } from "../rows/check-rows.ts";
import type { LimitChange, Limits, LogEntry } from "../store/settings.ts";
import { say, warn } from "../terminal/say.ts";

/** The limits of a store after a sender's changes. */
export function limitsAfter(limits: Limits, change: Partial<LimitChange>): Limits {
  const after = (name: keyof Limits) =>
    change[name] === undefined ? limits[name] : (change[name] ?? undefined);
  return { perSecond: after("perSecond"), maxTotal: after("maxTotal"), maxAmount: after("maxAmount") };
}

/** Shows the limits of a store before rows are added to it. */
export function previewLimits(limits: Limits): void {
  const words = wordsOf(limits).map(([, , text]) => text);
  if (words.length > 0) warn(`Limits of the store: ${words.join(", ")}.`);
}

/** @throws OutboxError if a row exceeds the store's limit: it would hold up all rows after it */
export function requireBelow({ largest }: Checked, { maxAmount }: Limits): void {
  if (maxAmount === undefined || largest <= maxAmount) return;
  throw new OutboxError(
    `Nothing was sent. A row pays ${money(largest)}, and the store's limit for one row is ${money(maxAmount)}. Correct ` +
      "the row, or change the limit: --max-amount of run, resume and work takes cents, or none.",
  );
}

/** Shows the limits of a store, and who set them. */
export async function tellLimits(outbox: Outbox, limits: Limits): Promise<void> {
  const words = wordsOf(limits);
  if (words.length === 0) return;
  const log = await outbox.log();
  for (const [, event, text] of words) {
    const last = log.findLast((entry) => entry.event === event);
    const set = last === undefined ? "" : `  set by ${last.who} at ${new Date(last.at).toISOString()}`;
    say(`limit            ${text}${set}`);
  }
}

function wordsOf({ perSecond, maxTotal, maxAmount }: Limits) {
  const all: readonly (readonly [number | undefined, LogEntry["event"], (limit: number) => string])[] = [
    [
      perSecond,
      "per-second",
      (limit) => `${count(limit)} ${limit === 1 ? "request" : "requests"} per second`,
    ],
    [maxTotal, "max-total", (limit) => `${money(limit)} for all rows together`],
    [maxAmount, "max-amount", (limit) => `${money(limit)} for one row`],
  ];
  return all.flatMap(([limit, event, words]) =>
    limit === undefined ? [] : [[limit, event, words(limit)] as const],
  );
}
