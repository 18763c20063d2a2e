import { isObject, type Json } from "@dots-payouts/openapi";
import { DELIVERIES, kindOf, namespaceIn, ownerOf } from "../store/owner.ts";
import type { Change, Kept, Store } from "../store/store.ts";
import type { Attempt, Delivery } from "./delivery.ts";

/** A delivery, and its namespace. */
export interface OwnedDelivery {
  readonly delivery: Delivery;
  readonly namespace: string;
  /** Whether it is for the namespace's own receiver. */
  readonly isOwn: boolean;
}

/**
 * Stores deliveries next to the resources if the store survives the mock, in one step with the change that they report,
 * so that no event is lost or sent for a change that did not happen.
 */
export class KeptDeliveries {
  readonly #store: Store;
  readonly #isLasting: boolean;

  constructor(store: Store) {
    this.#store = store;
    this.#isLasting = store.record !== undefined;
  }

  /** What must be stored for a new delivery. */
  changesFor(owned: OwnedDelivery): readonly Change[] {
    return this.#isLasting ? [{ found: undefined, next: toKept(owned) }] : [];
  }

  /** Stores its state. While the store is unavailable, the old state stays, and it is sent again after a restart. */
  async save(owned: OwnedDelivery): Promise<void> {
    await this.#replace(owned, toKept(owned)).catch(() => {});
  }

  async forget(owned: OwnedDelivery): Promise<void> {
    await this.#replace(owned, undefined).catch(() => {});
  }

  /** All stored ones, oldest first. */
  async all(): Promise<readonly OwnedDelivery[]> {
    if (!this.#isLasting) return [];
    const kept = await this.#store.resources.all();
    return kept
      .filter(({ owner }) => kindOf(owner) === DELIVERIES)
      .flatMap(toOwned)
      .reverse();
  }

  async #replace({ namespace, delivery }: OwnedDelivery, next: Kept | undefined): Promise<void> {
    if (!this.#isLasting) return;
    const { resources } = this.#store;
    const found = await resources.find(ownerOf(DELIVERIES, namespace), delivery.id);
    if (found !== undefined) await resources.change([{ found, next }], () => {});
  }
}

function toKept({ delivery, namespace, isOwn }: OwnedDelivery): Kept {
  const resource: Json = JSON.parse(JSON.stringify({ ...delivery, isOwn }));
  return {
    owner: ownerOf(DELIVERIES, namespace),
    id: delivery.id,
    resource,
    done: {},
    size: delivery.body.length,
  };
}

function toOwned({ owner, id, resource }: Kept): OwnedDelivery[] {
  if (!isObject(resource)) return [];
  const { event, resource: about, body, attempts, state, next, isOwn } = resource;
  if (typeof event !== "string" || typeof about !== "string" || typeof body !== "string") return [];
  if (state !== "waiting" && state !== "delivered" && state !== "failed") return [];
  const delivery: Delivery = {
    ...{ id, event, resource: about, body, state },
    attempts: Array.isArray(attempts) ? attempts.flatMap(toAttempt) : [],
    next: typeof next === "string" ? next : undefined,
  };
  return [{ delivery, namespace: namespaceIn(owner), isOwn: isOwn === true }];
}

function toAttempt(value: Json): Attempt[] {
  if (!isObject(value) || typeof value["time"] !== "string") return [];
  const { time, status, problem } = value;
  return [
    {
      time,
      status: typeof status === "number" ? status : undefined,
      problem: typeof problem === "string" ? problem : undefined,
    },
  ];
}
