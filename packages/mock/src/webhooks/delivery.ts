/** An event on its way to the receiver. */
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
  /** `waiting` for its first or next attempt, `delivered` once the receiver has taken it, or `failed` after the last. */
  readonly state: "waiting" | "delivered" | "failed";
  /** When the next attempt is due by the mock's clock, RFC 3339; `undefined` where none is. */
  readonly next: string | undefined;
}

/** One attempt to deliver an event. */
export interface Attempt {
  /** By the mock's clock, RFC 3339. */
  readonly time: string;
  /** What the receiver answered; `undefined` where it gave no answer. */
  readonly status: number | undefined;
  /** What went wrong, in a few words; `undefined` where nothing did. */
  readonly problem: string | undefined;
}

/** Milliseconds from one attempt to the next, as Svix has them. */
export const SCHEDULE: readonly number[] = [
  ...[5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000],
];
