/** How many requests may be sent, and when. Times are milliseconds of a monotonic clock. */
export class Pace {
  #most: number;
  #rate: number;
  #tokens = 1;
  #filled: number;
  #notBefore = Number.NEGATIVE_INFINITY;

  /** @param perSecond `undefined` for as many as the concurrency allows */
  constructor(perSecond: number | undefined, now: number) {
    const most = perSecond ?? Number.POSITIVE_INFINITY;
    this.#most = most;
    this.#rate = most;
    this.#filled = now;
  }

  /** Changes the limit. A rate that the API slowed down stays slow. */
  limitTo(perSecond: number | undefined): void {
    const most = perSecond ?? Number.POSITIVE_INFINITY;
    this.#rate = this.#rate === this.#most ? most : Math.min(this.#rate, most);
    this.#most = most;
  }

  /** How many may be sent now. */
  allowed(now: number): number {
    if (now < this.#notBefore) return 0;
    if (this.#rate === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
    this.#fill(now);
    return Math.floor(this.#tokens);
  }

  /** Records that some were sent. */
  take(count: number): void {
    if (this.#rate !== Number.POSITIVE_INFINITY) this.#tokens -= count;
  }

  /** When the next one may be sent. */
  next(now: number): number {
    if (now < this.#notBefore) return this.#notBefore;
    if (this.#rate === Number.POSITIVE_INFINITY || this.#tokens >= 1) return now;
    return now + ((1 - this.#tokens) * 1_000) / this.#rate;
  }

  /**
   * The API has asked to slow down. All requests wait, then continue below the rate that was too fast, and gradually
   * speed up again.
   * @param measured recently answered requests per second
   */
  slowDown(wait: number, measured: number, now: number): void {
    const isFirst = now >= this.#notBefore;
    this.#notBefore = Math.max(this.#notBefore, now + wait);
    // Requests that were in progress together are refused together, and count once.
    if (isFirst) this.#rate = Math.max(1, Math.min(this.#rate, measured) * 0.7);
    this.#tokens = Math.min(this.#tokens, 1);
    this.#filled = Math.max(this.#filled, this.#notBefore);
  }

  #fill(now: number): void {
    const passed = Math.max(0, now - this.#filled) / 1_000;
    this.#filled = Math.max(now, this.#filled);
    // At most a twentieth of a second's worth, so that a pause is not followed by a burst.
    this.#tokens = Math.min(this.#tokens + passed * this.#rate, Math.max(1, this.#rate / 20));
    if (this.#rate < this.#most) this.#rate = Math.min(this.#most, this.#rate * 1.1 ** passed);
  }
}
