import { isObject } from "@dots-payouts/openapi";
import { type Fault, isFault } from "../wire/fault.ts";
import type { Reason } from "../wire/refusal.ts";

/** A request and what happened to it. */
export interface JournalEntry {
  /** The number of the request, from 1. */
  readonly id: number;
  /** When it came in, RFC 3339. */
  readonly time: string;
  /** Milliseconds until the answer was ready. */
  readonly duration: number;
  /** The HTTP method, in upper case. */
  readonly method: string;
  /** The path with its query, as it was requested. */
  readonly path: string;
  /** `operationId`, if the request reached an operation. */
  readonly operation: string | undefined;
  /** Header names in lower case; credentials are masked. */
  readonly headers: Readonly<Record<string, string>>;
  /** The text of the body, as far as it was read and kept. */
  readonly body: string;
  /** The status of the answer. */
  readonly status: number;
  /** Why it was refused; empty if it was carried out. */
  readonly reasons: readonly Reason[];
  /** Warnings about a request that was carried out. */
  readonly warnings: readonly Reason[];
  /** Whether the answer repeats the first one for its idempotency key: nothing new was created. */
  readonly replayed: boolean;
  /** The requested fault, if the answer was made to fail. */
  readonly fault: Fault | undefined;
  /** What was answered. Credentials are masked. */
  readonly answer: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
}

/** Parses an entry from JSON; `undefined` if the text is something else. */
export function parseEntry(text: string): JournalEntry | undefined {
  try {
    return toEntry(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function toEntry(value: unknown): JournalEntry | undefined {
  if (!isObject(value)) return undefined;
  const {
    id,
    time,
    duration,
    method,
    path,
    operation,
    headers,
    body,
    status,
    reasons,
    warnings,
    replayed,
    fault,
    answer,
  } = value;
  if (typeof id !== "number" || typeof duration !== "number" || typeof status !== "number") return undefined;
  if (typeof time !== "string" || typeof method !== "string" || typeof path !== "string") return undefined;
  if (typeof body !== "string" || !Array.isArray(reasons) || !isObject(answer)) return undefined;
  return {
    ...{ id, time, duration, method, path, body, status },
    operation: typeof operation === "string" ? operation : undefined,
    headers: toTexts(headers),
    reasons: reasons.flatMap(toReason),
    warnings: Array.isArray(warnings) ? warnings.flatMap(toReason) : [],
    replayed: replayed === true,
    fault: typeof fault === "string" && isFault(fault) ? fault : undefined,
    answer: { headers: toTexts(answer["headers"]), body: String(answer["body"] ?? "") },
  };
}

function toTexts(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, String(child)]));
}

function toReason(value: unknown): Reason[] {
  if (!isObject(value)) return [];
  const { path, code, message, parameter, side } = value;
  if (typeof path !== "string" || typeof code !== "string" || typeof message !== "string") return [];
  const named = typeof parameter === "string" ? { parameter } : {};
  return [{ path, code, message, ...named, ...(side === "answer" ? { side } : {}) }];
}
