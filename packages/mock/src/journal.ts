import { isObject } from "@dots-payouts/openapi";
import type { Fault } from "./disturbance.ts";
import type { MockAnswer, MockRequest } from "./message.ts";
import { NotedRequest, type Outcome } from "./noted-request.ts";
import type { Reason, Refusal } from "./refusal.ts";

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
  /** @param started when the request came in, by `performance.now()` */
  add(request: MockRequest, answer: MockAnswer, started: number, outcome: Outcome): NotedRequest;
  /** Corrects a request whose answer was replaced by a refusal before it was sent. */
  amend(noted: NotedRequest, refusal: Refusal): void;
  /** Takes over an entry of another journal, under a number of its own. */
  join(entry: JournalEntry): void;
  clear(): void;
  /** Is told of each entry, and of `undefined` when all are forgotten. Returns what ends that. */
  subscribe(told: (entry: JournalEntry | undefined) => void): () => void;
}

/** A journal of the last `most` requests, which goes on after those that are remembered. */
export function createJournal(most: number, remembered: readonly JournalEntry[] = []): Journal {
  let noted: { readonly entry: JournalEntry }[] = remembered.map((entry) => ({ entry }));
  let count = remembered.at(-1)?.id ?? 0;
  const subscribers = new Set<(entry: JournalEntry | undefined) => void>();
  const enter = (next: { readonly entry: JournalEntry }) => {
    noted.push(next);
    // Cutting off the oldest in one go is cheaper than shifting each time.
    if (noted.length >= most * 2) noted = noted.slice(-most);
    for (const told of subscribers) told(next.entry);
  };
  return {
    get entries() {
      return noted.slice(-most).map(({ entry }) => entry);
    },
    add(request, answer, started, outcome) {
      count += 1;
      const next = new NotedRequest(count, request, answer, started, outcome);
      enter(next);
      return next;
    },
    amend(entered, refusal) {
      entered.amend(refusal);
      for (const told of subscribers) told(entered.entry);
    },
    join(entry) {
      count += 1;
      enter({ entry: { ...entry, id: count } });
    },
    clear() {
      noted = [];
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
