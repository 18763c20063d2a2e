import type { Context } from "../engine/context.ts";
import { listedKinds } from "../engine/look-up.ts";

/** How long to wait before asking the API again, in milliseconds. */
const PAUSE = 5_000;

/** Asks the API for its time: nothing is sent again before it is known. */
export class ClockRefresh {
  readonly #context: Context;
  readonly #done: () => void;
  #next = Number.NEGATIVE_INFINITY;
  #isBusy = false;

  /** @param done called after each answer */
  constructor(context: Context, done: () => void) {
    this.#context = context;
    this.#done = done;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  ask(): void {
    const { reader, serverClock, clock } = this.#context;
    const [kind] = listedKinds(this.#context);
    const now = clock.monotonic();
    if (kind === undefined || this.#isBusy || now < this.#next) return;
    this.#next = now + PAUSE;
    this.#isBusy = true;
    reader
      .page(kind, undefined)
      .then(
        ({ date }) => serverClock.tell(date),
        () => undefined,
      )
      .finally(() => {
        this.#isBusy = false;
        this.#done();
      });
  }
}
