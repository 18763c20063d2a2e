const SPAN = 3_000;

/** The recent rate of something per second. Times are milliseconds of a monotonic clock. */
export class Rate {
  readonly #began: number;
  #times: number[] = [];

  constructor(now: number) {
    this.#began = now;
  }

  tell(now: number): void {
    this.#times.push(now);
    if (this.#times.length > 20_000) this.#forget(now);
  }

  perSecond(now: number): number {
    this.#forget(now);
    const span = Math.min(SPAN, now - this.#began);
    return span <= 0 ? 0 : (this.#times.length * 1_000) / span;
  }

  #forget(now: number): void {
    const first = this.#times.findIndex((time) => time > now - SPAN);
    this.#times = first === -1 ? [] : this.#times.slice(first);
  }
}
