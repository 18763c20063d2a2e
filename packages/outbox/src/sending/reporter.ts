import type { Tallies } from "../engine/summary.ts";
import type { Clock } from "../ledger/clock.ts";
import type { Pace } from "./pace/pace.ts";
import type { Rate } from "./pace/rate.ts";
import type { SendingOptions } from "./sending-options.ts";

/** Milliseconds between progress reports. */
const EVERY = 100;

/** Reports the progress of a run. */
export class Reporter {
  readonly #clock: Clock;
  readonly #onProgress: SendingOptions["onProgress"];
  readonly #tallies: Tallies;
  readonly #rate: Rate;
  readonly #pace: Pace;
  #told = Number.NEGATIVE_INFINITY;

  constructor(
    clock: Clock,
    onProgress: SendingOptions["onProgress"],
    tallies: Tallies,
    rate: Rate,
    pace: Pace,
  ) {
    this.#clock = clock;
    this.#onProgress = onProgress;
    this.#tallies = tallies;
    this.#rate = rate;
    this.#pace = pace;
  }

  tell(isLast: boolean): void {
    const now = this.#clock.monotonic();
    if (this.#onProgress === undefined || (!isLast && now - this.#told < EVERY)) return;
    this.#told = now;
    const { counts, total } = this.#tallies;
    const perSecond = this.#rate.perSecond(now);
    // Rows that others have added since are not counted, but may still be sent.
    const left = Math.max(0, counts.pending.rows + counts.sending.rows);
    this.#onProgress({
      counts,
      total,
      perSecond,
      secondsLeft: perSecond > 0 ? left / perSecond : undefined,
      waiting: this.#pace.next(now) - now > 1_000 ? "The API has asked to slow down" : undefined,
    });
  }
}
