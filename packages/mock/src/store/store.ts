import type { Json } from "@dots-payouts/openapi";
import type { JournalEntry } from "../journal/entry.ts";
import type { MockAnswer } from "../wire/answer.ts";

/**
 * What the mock remembers. A store decides alone which of two answers for a key came first. A method that cannot do its
 * work throws a `Refusal` (503), which the caller of the mock gets to read.
 */
export interface Store {
  readonly resources: Resources;
  /** The answer that a key was given, or `undefined` for a new key. */
  find(key: string): Promise<MockAnswer | undefined> | MockAnswer | undefined;
  /**
   * Keeps the answer for a key that has none yet, and with it the resource that it tells of: both or neither. Returns
   * the answer that counts: this one, or an earlier one.
   */
  keep(key: string, answer: MockAnswer, created: Created | undefined): Promise<MockAnswer> | MockAnswer;
  /** Keeps a request with its answer before the answer is sent. A store that leaves them to the journal has no such method. */
  record?(entry: JournalEntry): Promise<void> | void;
  /** The newest `most` requests that were kept, oldest first. */
  recorded(most: number): Promise<readonly JournalEntry[]> | readonly JournalEntry[];
  /**
   * Tells, from now on, of each request that another process records in the same place, and of `undefined` when one
   * forgets everything. A store that cannot tell has no such method.
   */
  follow?(told: (entry: JournalEntry | undefined) => void): void;
  /** Forgets everything. */
  clear(): Promise<void> | void;
  close(): Promise<void> | void;
}

/** A resource that a request has created. */
export interface Created {
  /** Whose it is, and of what kind. */
  readonly owner: string;
  readonly id: string;
  readonly resource: Json;
  /** Characters of its JSON, or near that. */
  readonly size: number;
}

/** The resources that were created, where a store keeps them. */
export interface Resources {
  find(owner: string, id: string): Promise<Json | undefined> | Json | undefined;
  add(created: Created): Promise<void> | void;
  /** Puts a resource in the place of what was found there. Returns whether that was there still. */
  replace(created: Created, found: Json): Promise<boolean> | boolean;
  /** Returns whether there was anything to remove. */
  remove(owner: string, id: string): Promise<boolean> | boolean;
  /** From the newest to the oldest, with their IDs. */
  list(owner: string): Promise<readonly IdAndResource[]> | readonly IdAndResource[];
}

export type IdAndResource = readonly [id: string, resource: Json];
