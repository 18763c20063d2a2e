import type { Progress } from "../engine/summary.ts";

/** How requests are sent. */
export interface SendingOptions {
  /** How many may be under way at once. @default 10 */
  readonly concurrency?: number | undefined;
  /** How many may leave per second. @default as many as the concurrency allows */
  readonly perSecond?: number | undefined;
  /** Stops the run once what is under way is answered. */
  readonly signal?: AbortSignal | undefined;
  /** Is told how far the run is, a few times a second. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** The most that all rows of the store may pay together. */
  readonly maxTotal?: number | undefined;
  /** The most that one row may pay. */
  readonly maxAmount?: number | undefined;
}
