import type { Json } from "@dots-payouts/openapi";
import type { MockAnswer } from "../wire/answer.ts";
import type { Reason } from "../wire/refusal.ts";
import type { JournalEntry } from "./journal-entry.ts";

/**
 * What the mock remembers. Only the store decides which of two answers for a key came first. A method that fails throws
 * a `Refusal` (503), which the mock's caller receives.
 */
export interface Store {
  readonly resources: Resources;
  /** What a key was used for, or `undefined` for a new or expired key. */
  find(key: Key): Promise<First | undefined> | First | undefined;
  /**
   * Stores the answer for a key that has none, together with the resources that it reports: all or nothing. Returns the
   * answer that counts: this one, or an earlier one.
   * @param warn called with what was dropped for it before it expired
   */
  keep(key: Key, first: First, created: readonly Kept[], warn: Warn): Promise<First> | First;
  /**
   * Stores a request with its answer before the answer is sent. Returns its number, which is unique in this store. A
   * store that leaves requests to the journal has no such method.
   */
  record?(recorded: Recorded): Promise<number> | number;
  /** The newest `most` stored requests, oldest first, with their numbers. */
  recorded(most: number): Promise<readonly Recorded[]> | readonly Recorded[];
  /**
   * Subscribes to requests that other processes record in the same store, and to what they forget. A store that cannot
   * do this has no such method.
   */
  follow?(told: (news: Recorded | Forgotten) => void): void;
  /** The stored name of a namespace: others may read the store, and must not learn the client. */
  nameOf(namespace: string): string;
  /** Forgets everything, or everything of a namespace. */
  clear(namespace?: string): Promise<void> | void;
  close(): Promise<void> | void;
}

/** A request with its answer, and whose it is, if known. */
export interface Recorded {
  readonly entry: JournalEntry;
  readonly namespace: string | undefined;
}

/** Says that everything was forgotten, or everything of a namespace. */
export interface Forgotten {
  readonly forgotten: "all" | { readonly namespace: string };
}

export type Warn = (warning: Reason) => void;

/** An idempotency key, at a point in time. */
export interface Key {
  /** The key with its scope. */
  readonly text: string;
  /** Whose it is. */
  readonly namespace: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** When a key that is used now expires; `undefined` if never. */
  readonly until: number | undefined;
}

/** The first success for a key. */
export interface First {
  readonly answer: MockAnswer;
  /** The text of the request's body. */
  readonly request: string;
}

/** A stored resource. */
export interface Kept {
  /** Its kind and namespace: see `ownerOf`. */
  readonly owner: string;
  readonly id: string;
  readonly resource: Json;
  /** How often limited operations were carried out on it, by name. */
  readonly done: Readonly<Record<string, number>>;
  /** Approximate number of characters of its JSON. */
  readonly size: number;
  /** Whether it was just created, with a newly generated, unique ID. @default false */
  readonly isNew?: boolean;
}

/** A change of a resource. */
export interface Change {
  /** As it was found; `undefined` if it is new. */
  readonly found: Kept | undefined;
  /** As it is now; `undefined` if it is gone. */
  readonly next: Kept | undefined;
}

/** The created resources, if a store keeps them. */
export interface Resources {
  find(owner: string, id: string): Promise<Kept | undefined> | Kept | undefined;
  /**
   * Makes all of these changes if each resource is still as it was found; otherwise none. Returns whether they were
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

/** Resources in a store that can fail: each call goes through `attempt`. */
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
