import { EXIT } from "./exit.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** A signal that the first Ctrl-C aborts. The second one ends the process at once. */
export class StopSignal implements Disposable {
  readonly #controller = new AbortController();
  readonly #say: (text: string) => void;
  readonly #stop = (): void => {
    if (this.#controller.signal.aborted) process.exit(EXIT.stopped);
    this.#controller.abort();
    this.#say(
      "Stopping: waiting up to half a minute for outstanding answers. Press Ctrl-C again to quit at once.",
    );
  };

  constructor(say: (text: string) => void) {
    this.#say = say;
    for (const name of SIGNALS) process.on(name, this.#stop);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  [Symbol.dispose](): void {
    for (const name of SIGNALS) process.off(name, this.#stop);
  }
}
