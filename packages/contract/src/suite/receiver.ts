import type { Event, Json } from "@dots-payouts/openapi";

/** One delivery of an event, as received. */
export interface Delivery {
  /** The ID of the delivery; `undefined` if it was not signed correctly. */
  readonly id: string | undefined;
  /** Why a receiver must refuse it; `undefined` if it need not. */
  readonly problem: string | undefined;
  readonly contentType: string;
  readonly text: string;
  /** `undefined` if the body is not JSON. */
  readonly body: Json | undefined;
  /** The events that the body can be about: the one that it names, or all that it matches. */
  readonly events: readonly Event[];
}

/** Receives what the server delivers during a run. */
export interface Receiver {
  /** The URL to configure on the server. */
  readonly url: string;
  /** The deliveries so far, in order of arrival. */
  readonly deliveries: readonly Delivery[];
  /** The ID of the delivery that was refused with 500; `undefined` until there is one. */
  readonly refused: () => string | undefined;
  /** Waits until something has arrived, or the time is up. Resolves to whether it has. */
  waitFor(isThere: () => boolean): Promise<boolean>;
  /** Waits for the first delivery, and until the refused one was repeated. */
  settled(): Promise<void>;
  close(): void;
}
