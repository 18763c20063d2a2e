import type { MockAnswer } from "../wire/answer.ts";
import type { Refusal } from "../wire/refusal.ts";
import type { MockRequest } from "../wire/request.ts";
import type { JournalEntry } from "./entry.ts";
import { NotedRequest, type Outcome } from "./noted-request.ts";

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
