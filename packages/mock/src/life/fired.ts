import type { Kept } from "../store/store.ts";

/** An event, and the state of its resource at that time. */
export interface Fired {
  readonly event: string;
  readonly kept: Kept;
}
