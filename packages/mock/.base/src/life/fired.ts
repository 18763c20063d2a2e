import type { Kept } from "../store/store.ts";

/** An event, and the resource that it is about as it is then. */
export interface Fired {
  readonly event: string;
  readonly kept: Kept;
}
