/** Sleeps until it is woken up. */
export class Waker {
  #resolve: (() => void) | undefined;
  #isWoken = false;

  wake(): void {
    this.#isWoken = true;
    this.#resolve?.();
  }

  /** @param milliseconds the longest sleep; `undefined` for no limit */
  async sleep(milliseconds: number | undefined): Promise<void> {
    if (!this.#isWoken) {
      await new Promise<void>((resolve) => {
        const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
        this.#resolve = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#resolve = undefined;
    this.#isWoken = false;
  }
}
