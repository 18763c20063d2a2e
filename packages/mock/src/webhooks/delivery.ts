/** The delivery of an event to the receiver. */
export interface Delivery {
  /** The header `svix-id`: the same for each attempt. */
  readonly id: string;
  /** The name of the event. */
  readonly event: string;
  /** The ID of the resource that it is about. */
  readonly resource: string;
  /** The body, as it is sent. */
  readonly body: string;
  /** The attempts so far, oldest first. */
  readonly attempts: readonly Attempt[];
  /**
   * `waiting` for its first or next attempt, `delivered` once the receiver has accepted it, or `failed` after the last.
   */
  readonly state: "waiting" | "delivered" | "failed";
  /** When the next attempt is due by the mock's clock, RFC 3339; `undefined` if there is none. */
  readonly next: string | undefined;
}

/** One attempt to deliver an event. */
export interface Attempt {
  /** By the mock's clock, RFC 3339. */
  readonly time: string;
  /** The status of the receiver's answer; `undefined` if it did not answer. */
  readonly status: number | undefined;
  /** What went wrong, in short; `undefined` if nothing did. */
  readonly problem: string | undefined;
}

/** Milliseconds from one attempt to the next, the same as Svix. */
export const SCHEDULE: readonly number[] = [
  ...[5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000],
];
