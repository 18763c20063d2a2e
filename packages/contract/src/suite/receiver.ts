import type { Event, Json } from "@dots-payouts/openapi";

/** One delivery of an event, as it came. */
export interface Delivery {
  /** The ID of the delivery; `undefined` if it was not signed as it has to be. */
  readonly id: string | undefined;
  /** Why a receiver has to refuse it; `undefined` if it need not. */
  readonly problem: string | undefined;
  readonly contentType: string;
  readonly text: string;
  /** `undefined` if the body is no JSON. */
  readonly body: Json | undefined;
  /** The events that the body can be about: the one that it names, or all that it fits. */
  readonly events: readonly Event[];
}

/** Receives what the server delivers during a run. */
export interface Receiver {
  /** What the server has to be told. */
  readonly url: string;
  /** What has come so far, in the order in which it came. */
  readonly deliveries: readonly Delivery[];
  /** The ID of the delivery that was refused with 500; `undefined` until there is one. */
  readonly refused: () => string | undefined;
  /** Waits until something has come, or until it has had the time for that. Resolves to whether it has. */
  waitFor(isThere: () => boolean): Promise<boolean>;
  /** Waits for the first delivery, and until what was refused has come again. */
  settled(): Promise<void>;
  close(): void;
}
