/** The state of an intent. */
export const STATES = [
  "pending",
  "sending",
  "accepted",
  "refused",
  "unresolved",
  "settled-paid",
  "settled-not-paid",
] as const;

/**
 * - `pending`: nothing of it has been carried out. It will be sent.
 * - `sending`: a request is in progress, or its answer was lost and it will be sent again with the same key.
 * - `accepted`: the API created it. The person may not have the money yet.
 * - `refused`: the API refused it. Nothing was carried out.
 * - `unresolved`: it may have been carried out, and cannot safely be sent again. A person has to find out.
 * - `settled-paid`, `settled-not-paid`: a person found out.
 */
export type State = (typeof STATES)[number];

export function isState(value: unknown): value is State {
  return STATES.some((state) => state === value);
}

/** Something to send once. */
export interface NewIntent {
  /** The caller's own ID. */
  readonly id: string;
  /** The client's method. */
  readonly call: string;
  /** What the caller passed, as JSON. */
  readonly given: string;
  /** The digest of what the caller passed, independent of key order. */
  readonly digest: string;
  /** The exact text that is sent. */
  readonly body: string;
  /** Absent if the operation has no key. */
  readonly key: string | undefined;
  /** How long after its first attempt the key may be sent again, in milliseconds. */
  readonly window: number | undefined;
  /** In the smallest unit; 0 if the spec does not say where the amount is. */
  readonly amount: number;
  /** Whether the body contains our reference, so that the result can be found. */
  readonly findable: boolean;
}

/** The current state of an intent. Times are milliseconds since the epoch. */
export interface Intent {
  /** Your own ID. */
  readonly id: string;
  /** The client method that sends it. */
  readonly call: string;
  /** Its state. */
  readonly state: State;
  /** What it pays, in the unit of the API: cents. */
  readonly amount: number;
  /** The idempotency key; `undefined` before the first attempt, and if the call takes none. */
  readonly key: string | undefined;
  /** 0 for the first key, one more for each `retry`. */
  readonly generation: number;
  /** How many requests were sent with this key. */
  readonly attempts: number;
  /** The ID of what the API created. */
  readonly object: string | undefined;
  /** What has happened to it since, in the API's terms. */
  readonly fate: string | undefined;
  /** Why it is in this state. */
  readonly reason: string | undefined;
  /** Something that a person has to look at, whatever the state: for instance, the API created a second object. */
  readonly alarm: string | undefined;
  /** Whether the API's list would show it, with your own ID. */
  readonly findable: boolean;
  /** What the caller passed, as JSON. */
  readonly given: string;
  /** The digest of what the caller passed. */
  readonly digest: string;
  /** When it was added. */
  readonly addedAt: number;
  /** When the first request with this key began; `undefined` before. */
  readonly firstAt: number | undefined;
  /** When its state last changed. */
  readonly changedAt: number;
}

/** A line of an intent's append-only history. */
export interface HistoryEntry {
  /** Your own ID. */
  readonly id: string;
  /** When it happened, in milliseconds since the epoch. */
  readonly at: number;
  /** Which key of the row it is about: 0 for the first. */
  readonly generation: number;
  /** The name of what happened. */
  readonly event: string;
  /** Details, if any. */
  readonly detail: string | undefined;
  /** Who did it, if it was a person. */
  readonly who: string | undefined;
}
