import type { Progress } from "../engine/summary.ts";
import { OutboxError } from "../outbox-error.ts";

/** How requests are sent. */
export interface SendingOptions {
  /** Requests in progress at once. @default 10 */
  readonly concurrency?: number | undefined;
  /**
   * Requests sent per second, by all senders together. It is stored, as are the limits below: each applies to every sender
   * of the store, now and later, until it is set again. `null` removes it. @default what is stored
   */
  readonly perSecond?: number | null | undefined;
  /** Stops the run once what is in progress is answered. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the progress of the run, a few times a second. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** The most that all rows of the store may pay together. `null` removes it. @default what is stored */
  readonly maxTotal?: number | null | undefined;
  /** The most that one row may pay. `null` removes it. @default what is stored */
  readonly maxAmount?: number | null | undefined;
  /**
   * Continue with the credentials of another client than the one that sent from this store. Senders with the old ones
   * stop. Without this option, another client is refused.
   * @default false
   */
  readonly newClient?: boolean | undefined;
  /** Who changes this; stored in the log. @default the machine and the process */
  readonly who?: string | undefined;
}

/** Options of a worker. */
export interface WorkOptions extends Omit<SendingOptions, "onProgress"> {
  /** Called with what the worker waits for, such as funds or the database, and with `undefined` when it continues. */
  readonly onWaiting?: ((reason: string | undefined) => void) | undefined;
  /** How often it reports that it is alive, in milliseconds. @default 5000 */
  readonly beat?: number | undefined;
  /** How often one of all workers takes care of what others have left, in milliseconds. @default 60000 */
  readonly tend?: number | undefined;
}

/** @throws OutboxError if a limit is not a number, because it would limit nothing */
export function requireLimits({ concurrency, perSecond, maxTotal, maxAmount }: SendingOptions): void {
  const whole = { concurrency, maxTotal: maxTotal ?? undefined, maxAmount: maxAmount ?? undefined };
  for (const [name, value] of Object.entries(whole)) {
    if (value === undefined || (Number.isSafeInteger(value) && value >= 1)) continue;
    throw new OutboxError(`${name} must be a whole number, at least 1, not ${String(value)}.`);
  }
  if (perSecond === undefined || perSecond === null || (Number.isFinite(perSecond) && perSecond > 0)) return;
  throw new OutboxError(`perSecond must be a number above 0, not ${String(perSecond)}.`);
}
