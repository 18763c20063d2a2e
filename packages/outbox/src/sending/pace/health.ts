import type { Meaning } from "../../engine/classify.ts";

/** How many requests in a row may end without a decisive answer. */
const PATIENCE = 5;

/** How many single requests are then tried, each after a longer wait. */
const PROBES = 6;

const LONGEST = 60_000;

/**
 * Whether the API seems to be available. While it is not, each request could leave one more row with an unknown
 * outcome, so they are sent one at a time.
 */
export class Health {
  #undecided = 0;
  #probes = 0;
  #notBefore = 0;

  tell(meaning: Meaning, now: number): void {
    const isSilence = meaning.kind === "open" || (meaning.kind === "void" && meaning.after === undefined);
    if (!isSilence) {
      this.#undecided = 0;
      this.#probes = 0;
      return;
    }
    this.#undecided += 1;
    // Those that were in progress together count once.
    if (this.#undecided < PATIENCE || now < this.#notBefore) return;
    this.#notBefore = now + Math.min(LONGEST, 1_000 * 2 ** this.#probes);
    this.#probes += 1;
  }

  /** How many requests may be in progress at once. */
  allowed(concurrency: number, now: number): number {
    if (this.#undecided < PATIENCE) return concurrency;
    return now < this.#notBefore ? 0 : 1;
  }

  /** When the next one may be sent. */
  next(now: number): number {
    return this.#undecided < PATIENCE ? now : Math.max(now, this.#notBefore);
  }

  /** Whether it is time to stop and let a person look into it. */
  get isGone(): boolean {
    return this.#probes > PROBES;
  }
}
