import type { EventShape } from "./event-bodies.ts";
import type { Receiver } from "./send-event.ts";

/** Who is told of events, in which of the documented bodies. */
export interface EventReceiver extends Receiver {
  readonly shape: EventShape;
}

/** The receiver that a namespace has named for itself, and the one of all others. */
export class Receivers {
  readonly #own = new Map<string, EventReceiver>();
  readonly #nameOf: (namespace: string) => string;
  #usual: EventReceiver | undefined;

  /** @param nameOf the name under which a store keeps a namespace */
  constructor(usual: EventReceiver | undefined, nameOf: (namespace: string) => string) {
    this.#usual = usual;
    this.#nameOf = nameOf;
  }

  get areThere(): boolean {
    return this.#usual !== undefined || this.#own.size > 0;
  }

  /** The one that a namespace has named; the usual one where no namespace is given. */
  named(namespace: string | undefined): EventReceiver | undefined {
    return namespace === undefined ? this.#usual : this.#own.get(this.#nameOf(namespace));
  }

  /** The one that is told of the events of a namespace. */
  of(namespace: string): EventReceiver | undefined {
    return this.named(namespace) ?? this.#usual;
  }

  /** @param receiver `undefined` if nobody is to be told any more */
  name(namespace: string | undefined, receiver: EventReceiver | undefined): void {
    if (namespace === undefined) this.#usual = receiver;
    else if (receiver === undefined) this.#own.delete(this.#nameOf(namespace));
    else this.#own.set(this.#nameOf(namespace), receiver);
  }
}
