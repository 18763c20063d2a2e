import type { Answer } from "../store/turn.ts";
import { withoutWords } from "./answer-of.ts";

/** How long answers are kept in memory while the store cannot be written, in milliseconds. */
const PATIENCE = 30_000;

/** Answers that have arrived, until the store has them. */
export class UnstoredAnswers {
  #answers: Answer[] = [];
  /** Since when the store can't be written, by the monotonic clock. */
  #failingSince: number | undefined;

  get isEmpty(): boolean {
    return this.#answers.length === 0;
  }

  /** Whether the last attempt to write the store failed. */
  get isFailing(): boolean {
    return this.#failingSince !== undefined;
  }

  add(answer: Answer): void {
    this.#answers.push(answer);
  }

  /** Removes and returns all of them, to store them. */
  take(): Answer[] {
    return this.#answers.splice(0);
  }

  /** They were stored. */
  stored(): void {
    this.#failingSince = undefined;
  }

  /** They could not be stored. */
  putBack(answers: readonly Answer[], now: number): void {
    this.#answers = [...answers, ...this.#answers];
    this.#failingSince ??= now;
  }

  /** Whether the store could not be written for so long that the run gives up. */
  isOverdue(now: number): boolean {
    return this.#failingSince !== undefined && now - this.#failingSince > PATIENCE;
  }

  /**
   * Stores what can be stored, one by one.
   * @returns how many could not be stored
   */
  async storeEach(store: (answer: Answer) => Promise<void>): Promise<number> {
    let lost = 0;
    for (const answer of this.take()) {
      await store(answer)
        // That it was paid matters more than the text, which the store may refuse.
        .catch(() => store(withoutWords(answer)))
        .catch(() => {
          lost += 1;
        });
    }
    return lost;
  }
}
