import { isObject } from "@dots-payouts/openapi";
import type { Fault } from "../wire/fault.ts";
import type { Reason } from "../wire/refusal.ts";

/** A request and what became of it. */
export interface JournalEntry {
  readonly id: number;
  /** When it came in, RFC 3339. */
  readonly time: string;
  /** Milliseconds until the answer was ready. */
  readonly duration: number;
  readonly method: string;
  readonly path: string;
  /** `operationId`, where the request reached an operation. */
  readonly operation: string | undefined;
  /** Header names in lower case; credentials are masked. */
  readonly headers: Readonly<Record<string, string>>;
  /** The text of the body, as far as it was read and kept. */
  readonly body: string;
  readonly status: number;
  /** Why it was refused; empty when it was carried out. */
  readonly reasons: readonly Reason[];
  /** What kept the answer from arriving whole, where that was ordered. */
  readonly fault: Fault | undefined;
  readonly answer: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
}

/** An entry that was written as JSON; `undefined` when the text holds something else. */
export function parseEntry(text: string): JournalEntry | undefined {
  const value: unknown = JSON.parse(text);
  return isEntry(value) ? value : undefined;
}

function isEntry(value: unknown): value is JournalEntry {
  return (
    isObject(value) &&
    ["id", "duration", "status"].every((name) => typeof value[name] === "number") &&
    ["time", "method", "path", "body"].every((name) => typeof value[name] === "string") &&
    isObject(value["headers"]) &&
    Array.isArray(value["reasons"]) &&
    isObject(value["answer"])
  );
}
