import { isObject } from "@dots-payouts/openapi";
import type { Fault } from "./disturbance.ts";
import type { MockAnswer, MockRequest } from "./message.ts";
import type { Reason, Refusal } from "./refusal.ts";
import { type Secrets, shownHeaders, shownTarget } from "./secrets.ts";

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

/** The last requests, oldest first. */
export interface Journal {
  readonly entries: readonly JournalEntry[];
  add(request: MockRequest, answer: MockAnswer, details: Details): JournalEntry;
  /** Corrects an entry whose answer was replaced by a refusal before it was sent. */
  amend(entry: JournalEntry, refusal: Refusal): JournalEntry;
  /** Takes over an entry of another journal, under a number of its own. */
  join(entry: JournalEntry): void;
  clear(): void;
  /** Is told of each entry, and of `undefined` when all are forgotten. Returns what ends that. */
  subscribe(told: (entry: JournalEntry | undefined) => void): () => void;
}

interface Details {
  readonly started: number;
  readonly operation: string | undefined;
  readonly body: string | undefined;
  readonly reasons: readonly Reason[];
  readonly secrets: Secrets;
}

/** Characters of a body that are kept; longer ones are cut, so that the journal's memory stays bounded. */
const LONGEST_BODY = 16_384;

/** A journal of the last `most` requests, which goes on after those that are remembered. */
export function createJournal(most: number, remembered: readonly JournalEntry[] = []): Journal {
  let entries = [...remembered];
  let count = entries.at(-1)?.id ?? 0;
  const subscribers = new Set<(entry: JournalEntry | undefined) => void>();
  const enter = (entry: JournalEntry) => {
    entries.push(entry);
    // Cutting off the oldest in one go is cheaper than shifting each time.
    if (entries.length >= most * 2) entries = entries.slice(-most);
    for (const told of subscribers) told(entry);
  };
  return {
    get entries() {
      return entries.slice(-most);
    },
    add(request, answer, { started, operation, body = "", reasons, secrets }) {
      count += 1;
      const duration = performance.now() - started;
      const entry: JournalEntry = {
        id: count,
        time: new Date(Date.now() - duration).toISOString(),
        duration,
        method: request.method,
        path: shownTarget(request.target, secrets),
        operation,
        headers: shownHeaders(request.headers, secrets),
        body: shortened(body),
        status: answer.status,
        reasons,
        fault: answer.fault,
        answer: { headers: shownHeaders(answer.headers, secrets), body: shortened(answer.body) },
      };
      enter(entry);
      return entry;
    },
    amend(entry, refusal) {
      const { status, headers, body } = refusal.toAnswer();
      const answer = { headers, body };
      const amended = { ...entry, status, reasons: refusal.reasons, fault: undefined, answer };
      entries = entries.map((other) => (other === entry ? amended : other));
      for (const told of subscribers) told(amended);
      return amended;
    },
    join(entry) {
      count += 1;
      enter({ ...entry, id: count });
    },
    clear() {
      entries = [];
      for (const told of subscribers) told(undefined);
    },
    subscribe(told) {
      subscribers.add(told);
      return () => subscribers.delete(told);
    },
  };
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

/**
 * The beginning of a long text. It is copied out: a part of a string keeps the whole of it alive, and the journal would
 * hold a thousand megabytes where it shows a few.
 */
function shortened(text: string): string {
  if (text.length <= LONGEST_BODY) return text;
  return `${new TextDecoder().decode(new TextEncoder().encode(text.slice(0, LONGEST_BODY)))}…`;
}
