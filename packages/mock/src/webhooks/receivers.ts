import type { EventShape } from "./event-bodies.ts";
import type { Receiver } from "./send-event.ts";

/** The event receivers, and which of the documented bodies they get. */
export interface EventReceiver extends Receiver {
  readonly shape: EventShape;
}

/** The own receivers of namespaces, and the default one. */
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

  /** A namespace's own receiver; the default one if no namespace is given. */
  named(namespace: string | undefined): EventReceiver | undefined {
    return namespace === undefined ? this.#usual : this.#own.get(this.#nameOf(namespace));
  }

  /** The receiver of a namespace's events. */
  of(namespace: string): EventReceiver | undefined {
    return this.named(namespace) ?? this.#usual;
  }

  /** @param receiver `undefined` to remove it */
  name(namespace: string | undefined, receiver: EventReceiver | undefined): void {
    if (namespace === undefined) this.#usual = receiver;
    else if (receiver === undefined) this.#own.delete(this.#nameOf(namespace));
    else this.#own.set(this.#nameOf(namespace), receiver);
  }
}
