import type { Reading } from "../ledger/age.ts";
import { type Clock, elapsed, type Moment, moment } from "../ledger/clock.ts";

/** How long a reading of the API's clock is recent enough to send something again, in milliseconds. */
const GOOD_FOR = 60_000;

/** The API's clock. */
export class ServerClock {
  readonly #clock: Clock;
  #date: number | undefined;
  #at: Moment;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#at = moment(clock);
  }

  /** Records the `Date` of an answer. */
  tell(date: number | undefined): void {
    if (date === undefined) return;
    this.#date = date;
    this.#at = moment(this.#clock);
  }

  /** Whether the last reading is recent on every clock. */
  get isRecent(): boolean {
    if (this.#date === undefined) return false;
    const apart = Math.abs(this.#clock.wall() - this.#at.wall);
    return apart < GOOD_FOR && elapsed(this.#at, this.#clock) < GOOD_FOR;
  }

  /** The time on this machine's clock and on the API's, in whole milliseconds. */
  read(): Reading {
    const server =
      this.#date === undefined ? undefined : Math.trunc(this.#date + elapsed(this.#at, this.#clock));
    return { ledger: Math.trunc(this.#clock.wall()), server };
  }
}
