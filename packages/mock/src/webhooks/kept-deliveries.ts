import { isObject, type Json } from "@dots-payouts/openapi";
import { DELIVERIES, kindOf, namespaceIn, ownerOf } from "../store/owner.ts";
import type { Change, Kept, Store } from "../store/store.ts";
import type { Attempt, Delivery } from "./delivery.ts";

/** A delivery, and whose events it tells of. */
export interface OwnedDelivery {
  readonly delivery: Delivery;
  readonly namespace: string;
  /** Whether it is for the receiver that the namespace has named for itself. */
  readonly isOwn: boolean;
}

/**
 * Keeps deliveries beside the resources, where the store outlives the mock: in one step with what they tell of, so that
 * an event is neither lost nor told of what did not happen.
 */
export class KeptDeliveries {
  readonly #store: Store;
  readonly #isLasting: boolean;

  constructor(store: Store) {
    this.#store = store;
    this.#isLasting = store.record !== undefined;
  }

  /** What has to be kept of a new delivery. */
  changesFor(owned: OwnedDelivery): readonly Change[] {
    return this.#isLasting ? [{ found: undefined, next: toKept(owned) }] : [];
  }

  /** Keeps what has become of it. While the store is away, it stays as it was, and is sent again after a restart. */
  async save(owned: OwnedDelivery): Promise<void> {
    await this.#replace(owned, toKept(owned)).catch(() => {});
  }

  async forget(owned: OwnedDelivery): Promise<void> {
    await this.#replace(owned, undefined).catch(() => {});
  }

  /** All that are kept, oldest first. */
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
