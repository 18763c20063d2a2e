/** What may have become of an intent. */
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
 * - `sending`: a request is under way, or its answer was lost and it will be sent again with the same key.
 * - `accepted`: the API made it. The person may not have the money yet.
 * - `refused`: the API refused it. Nothing was carried out.
 * - `unresolved`: it may have been carried out, and cannot safely be sent again. A person has to find out.
 * - `settled-paid`, `settled-not-paid`: a person has found out.
 */
export type State = (typeof STATES)[number];

export function isState(value: unknown): value is State {
  return STATES.some((state) => state === value);
}

/** What is to be sent once. */
export interface NewIntent {
  /** The caller's own ID. */
  readonly id: string;
  /** The client's method. */
  readonly call: string;
  /** What the caller gave, as JSON. */
  readonly given: string;
  /** Of what the caller gave, however it was ordered. */
  readonly digest: string;
  /** The exact text that is sent. */
  readonly body: string;
  /** Absent: the operation has no key. */
  readonly key: string | undefined;
  /** How long after its first attempt the key may be sent again, in milliseconds. */
  readonly window: number | undefined;
  /** In the smallest unit; 0 where the spec does not say where the amount is. */
  readonly amount: number;
  /** Whether the body carries our reference, so that what came of it can be found. */
  readonly findable: boolean;
}

/** An intent as it is now. Times are milliseconds since the epoch. */
export interface Intent {
  /** Your own ID. */
  readonly id: string;
  /** The client's method that it is sent by. */
  readonly call: string;
  /** What is known of it. */
  readonly state: State;
  /** What it pays, in the unit of the API: cents. */
  readonly amount: number;
  /** The idempotency key; `undefined` before the first attempt, and where the call takes none. */
  readonly key: string | undefined;
  /** 0 for the first key, one more for each `retry`. */
  readonly generation: number;
  /** How many requests were sent with this key. */
  readonly attempts: number;
  /** The ID of what the API made. */
  readonly object: string | undefined;
  /** What became of it since, in the API's words. */
  readonly fate: string | undefined;
  /** Why it is in this state. */
  readonly reason: string | undefined;
  /** Something that a person has to look at, whatever the state is: the API made a second object, for instance. */
  readonly alarm: string | undefined;
  /** Whether the API's list would show it, with your own ID on it. */
  readonly findable: boolean;
  /** What the caller gave, as JSON. */
  readonly given: string;
  /** Of what the caller gave. */
  readonly digest: string;
  /** When it was added. */
  readonly addedAt: number;
  /** When the first request with this key began; `undefined` before. */
  readonly firstAt: number | undefined;
  /** When its state last changed. */
  readonly changedAt: number;
}

/** A line of an intent's history, to which lines are only ever added. */
export interface HistoryEntry {
  /** Your own ID. */
  readonly id: string;
  /** When it happened, in milliseconds since the epoch. */
  readonly at: number;
  /** Which key of the row it was about: 0 for the first. */
  readonly generation: number;
  /** What happened, in a word. */
  readonly event: string;
  /** More about it, where there is more. */
  readonly detail: string | undefined;
  /** Who did it, where that was a person. */
  readonly who: string | undefined;
}
