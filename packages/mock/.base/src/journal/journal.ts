import type { MockAnswer } from "../wire/answer.ts";
import type { Refusal } from "../wire/refusal.ts";
import type { MockRequest } from "../wire/request.ts";
import type { JournalEntry } from "./entry.ts";
import { type Handling, NotedRequest } from "./noted-request.ts";

/** The last requests, oldest first. */
export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** @param started when the request came in, by `performance.now()` */
  add(request: MockRequest, answer: MockAnswer, started: number, handling: Handling): NotedRequest;
  /** Corrects a request whose answer was replaced by a refusal before it was sent. */
  amend(noted: NotedRequest, refusal: Refusal): void;
  /** Takes over an entry of another journal, under a number of its own. */
  join(entry: JournalEntry): void;
  clear(): void;
  /** Is told of each entry, and of `undefined` when all are forgotten. Returns what ends that. */
  subscribe(told: (entry: JournalEntry | undefined) => void): () => void;
}

/** A journal of the last `most` requests, which goes on after earlier ones. */
export function createJournal(most: number, earlier: readonly JournalEntry[] = []): Journal {
  let noted: { readonly entry: JournalEntry }[] = earlier.map((entry) => ({ entry }));
  let count = earlier.at(-1)?.id ?? 0;
  const subscribers = new Set<(entry: JournalEntry | undefined) => void>();
  const enter = (next: { readonly entry: JournalEntry }) => {
    noted.push(next);
    // Cutting off the oldest in one go is cheaper than shifting each time.
    if (noted.length >= most * 2) noted = noted.slice(noted.length - most);
    for (const told of subscribers) told(next.entry);
  };
  return {
    get entries() {
      return noted.slice(Math.max(0, noted.length - most)).map(({ entry }) => entry);
    },
    add(request, answer, started, handling) {
      count += 1;
      const next = new NotedRequest(count, request, answer, started, handling);
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
