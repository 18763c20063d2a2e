import type { JournalEntry } from "../store/journal-entry.ts";
import type { Forgotten, Recorded } from "../store/store.ts";
import type { NotedRequest } from "./noted-request.ts";

/** The last requests, oldest first. */
export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** Those of a namespace. */
  entriesOf(namespace: string): readonly JournalEntry[];
  isOf(recorded: Recorded, namespace: string): boolean;
  /** Records a request with a number: the one from the store, or the next. */
  add(noted: NotedRequest, id?: number): void;
  /** Adds an entry from another journal. */
  join(recorded: Recorded): void;
  forget(what: Forgotten["forgotten"]): void;
  /** Subscribes to entries, and to what is forgotten. Returns a function that unsubscribes. */
  subscribe(told: (news: Recorded | Forgotten) => void): () => void;
}

interface JournalOptions {
  /** How many requests it remembers. */
  readonly most: number;
  /** Those that it starts with. */
  readonly earlier: readonly Recorded[];
  /** Whether a store numbers the requests. */
  readonly isNumbered: boolean;
  /** The name under which a store keeps a namespace. */
  readonly nameOf: (namespace: string) => string;
}

export function createJournal({ most, earlier, isNumbered, nameOf }: JournalOptions): Journal {
  let noted: Recorded[] = [...earlier];
  let newest = earlier.at(-1)?.entry.id ?? 0;
  const subscribers = new Set<(news: Recorded | Forgotten) => void>();
  const enter = (next: Recorded) => {
    noted.push(next);
    // Cutting off the oldest in one go is cheaper than shifting each time.
    if (noted.length >= most * 2) noted = noted.slice(noted.length - most);
    for (const told of subscribers) told(next);
  };
  const last = () => noted.slice(Math.max(0, noted.length - most));
  // Entries from a store only have the name of their namespace.
  const isOf = (one: Recorded, namespace: string) =>
    one.namespace === namespace ||
    (one.namespace !== undefined && nameOf(one.namespace) === nameOf(namespace));
  return {
    get entries() {
      return last().map(({ entry }) => entry);
    },
    entriesOf: (namespace) =>
      last()
        .filter((one) => isOf(one, namespace))
        .map(({ entry }) => entry),
    isOf,
    add(next, id) {
      // Requests that the store could not number are between two that it did, and must not take another's number.
      newest = id ?? (isNumbered ? Math.round(newest * 1_000 + 1) / 1_000 : newest + 1);
      next.id = newest;
      enter(next);
    },
    join: enter,
    forget(what) {
      noted = what === "all" ? [] : noted.filter((one) => !isOf(one, what.namespace));
      for (const told of subscribers) told({ forgotten: what });
    },
    subscribe(told) {
      subscribers.add(told);
      return () => subscribers.delete(told);
    },
  };
}
