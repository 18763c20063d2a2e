import type { Json } from "@dots-payouts/openapi";
import type { JournalEntry } from "../journal/entry.ts";
import type { MockAnswer } from "../wire/answer.ts";
import type { Reason } from "../wire/refusal.ts";

/**
 * What the mock remembers. A store decides alone which of two answers for a key came first. A method that cannot do its
 * work throws a `Refusal` (503), which the caller of the mock gets to read.
 */
export interface Store {
  readonly resources: Resources;
  /** What a key was used for, or `undefined` for a new key, or one whose time is over. */
  find(key: Key): Promise<First | undefined> | First | undefined;
  /**
   * Keeps the answer for a key that has none, and with it the resources that it tells of: all or nothing. Returns what
   * counts: this, or what came earlier.
   * @param warn is told what was forgotten for it although its time was not over
   */
  keep(key: Key, first: First, created: readonly Kept[], warn: Warn): Promise<First> | First;
  /**
   * Keeps a request with its answer before the answer is sent. Returns its number, which no other request in this place
   * ever has. A store that leaves requests to the journal has no such method.
   */
  record?(recorded: Recorded): Promise<number> | number;
  /** The newest `most` requests that were kept, oldest first, under their numbers. */
  recorded(most: number): Promise<readonly Recorded[]> | readonly Recorded[];
  /**
   * Tells, from now on, of each request that another process records in the same place, and of what one forgets. A store
   * that cannot tell has no such method.
   */
  follow?(told: (news: Recorded | Forgotten) => void): void;
  /** The name under which it keeps a namespace: what it keeps may be read by others, who must not learn the client. */
  nameOf(namespace: string): string;
  /** Forgets everything, or everything of a namespace. */
  clear(namespace?: string): Promise<void> | void;
  close(): Promise<void> | void;
}

/** A request with its answer, and whose it is, where that is known. */
export interface Recorded {
  readonly entry: JournalEntry;
  readonly namespace: string | undefined;
}

/** That everything was forgotten, or everything of a namespace. */
export interface Forgotten {
  readonly forgotten: "all" | { readonly namespace: string };
}

export type Warn = (warning: Reason) => void;

/** An idempotency key, at a moment. */
export interface Key {
  /** The key with all that it counts for separately. */
  readonly text: string;
  /** Whose it is. */
  readonly namespace: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** From when on a key that is used now protects no more; `undefined` if it always does. */
  readonly until: number | undefined;
}

/** The first success for a key. */
export interface First {
  readonly answer: MockAnswer;
  /** The text of the request's body. */
  readonly request: string;
}

/** A resource, as it is kept. */
export interface Kept {
  /** Of what kind it is, and whose: see `ownerOf`. */
  readonly owner: string;
  readonly id: string;
  readonly resource: Json;
  /** How often operations that have a limit were carried out on it, by their names. */
  readonly done: Readonly<Record<string, number>>;
  /** Characters of its JSON, or near that. */
  readonly size: number;
  /** Whether it was just made, under an ID that was made for it and that no other has. @default false */
  readonly isNew?: boolean;
}

/** What becomes of a resource. */
export interface Change {
  /** As it was found; `undefined` if it is new. */
  readonly found: Kept | undefined;
  /** As it is now; `undefined` if it is gone. */
  readonly next: Kept | undefined;
}

/** The resources that were created, where a store keeps them. */
export interface Resources {
  find(owner: string, id: string): Promise<Kept | undefined> | Kept | undefined;
  /**
   * Makes all of these changes, if each resource is still as it was found; otherwise none. Returns whether they were
   * made.
   */
  change(changes: readonly Change[], warn: Warn): Promise<boolean> | boolean;
  /** From the newest to the oldest. */
  list(owner: string): Promise<readonly Kept[]> | readonly Kept[];
  /** The one with this ID, no matter who owns it. */
  named(id: string): Promise<Kept | undefined> | Kept | undefined;
  /** Those of all owners, from the newest to the oldest. */
  all(): Promise<readonly Kept[]> | readonly Kept[];
}

/** Resources whose store can fail: each call goes through `attempt`. */
export function guarded(
  resources: Resources,
  attempt: <T>(work: () => Promise<T> | T) => Promise<T> | T,
): Resources {
  return {
    find: (owner, id) => attempt(() => resources.find(owner, id)),
    change: (changes, warn) => attempt(() => resources.change(changes, warn)),
    list: (owner) => attempt(() => resources.list(owner)),
    named: (id) => attempt(() => resources.named(id)),
    all: () => attempt(() => resources.all()),
  };
}
