import type { Clock } from "../clock/clock.ts";
import type { Written } from "../life/events.ts";
import { refuse } from "../wire/refusal.ts";
import { type Attempt, type Delivery, SCHEDULE } from "./delivery.ts";
import type { KeptDeliveries, OwnedDelivery } from "./kept-deliveries.ts";

/** Sends a delivery once. Returns the status of the answer, or throws if there is none. */
export type SendOnce = (owned: OwnedDelivery, signal: AbortSignal) => Promise<number>;

/** An event to send. */
export interface Told {
  readonly event: string;
  /** The ID of the resource that it is about. */
  readonly resource: string;
  readonly body: string;
  readonly namespace: string;
  readonly isOwn: boolean;
}

/** Deliveries beyond this number are forgotten, oldest first. */
const MOST = 1_000;

interface Tracked extends OwnedDelivery {
  delivery: Delivery;
  /** Cancels the next attempt. */
  cancel: () => void;
}

/** Sends events to receivers: each at least once, in any order, repeated until it is accepted. */
export class Webhooks {
  readonly #clock: Clock;
  readonly #send: SendOnce;
  readonly #kept: KeptDeliveries;
  readonly #tracked = new Map<string, Tracked>();
  readonly #underway = new Set<Promise<void>>();
  readonly #ended = new AbortController();
  #held: Tracked[] | undefined;
  readonly #subscribers = new Set<(owned: OwnedDelivery) => void>();

  constructor(clock: Clock, send: SendOnce, kept: KeptDeliveries) {
    this.#clock = clock;
    this.#send = send;
    this.#kept = kept;
  }

  /** The last deliveries, oldest first. */
  list(isWanted: (namespace: string) => boolean = () => true): readonly Delivery[] {
    return [...this.#tracked.values()]
      .filter(({ namespace }) => isWanted(namespace))
      .map(({ delivery }) => delivery);
  }

  /** Subscribes to deliveries and attempts. Returns a function that unsubscribes. */
  subscribe(told: (owned: OwnedDelivery) => void): () => void {
    this.#subscribers.add(told);
    return () => this.#subscribers.delete(told);
  }

  /** Prepares deliveries of events, to be sent on request. */
  write(events: readonly Told[]): Written {
    const all = events.map(toTracked);
    return {
      kept: all.flatMap((one) => this.#kept.changesFor(one)),
      send: () => {
        for (const one of all) this.#start(one, this.#clock.now());
      },
    };
  }

  /** Continues the deliveries of an earlier mock, at the times that it had planned. */
  async resume(): Promise<void> {
    for (const owned of await this.#kept.all()) {
      const { next, state } = owned.delivery;
      const one = { ...owned, cancel: () => {} };
      if (state === "waiting") this.#start(one, next === undefined ? this.#clock.now() : Date.parse(next));
      else this.#track(one);
    }
  }

  /** Sends a delivery again, with the same ID. @throws Refusal (404) */
  async sendAgain(id: string): Promise<Delivery> {
    const one = this.#tracked.get(id);
    if (one === undefined) throw refuse(404, "delivery", `There is no delivery ${id}.`);
    await this.#attempt(one, this.#clock.now());
    return one.delivery;
  }

  /** Sends nothing from now on, until it is released. */
  hold(): void {
    this.#held ??= [];
  }

  /** Sends what was held back, in the given order, each the given number of times. */
  release(reversed: boolean, times: number): void {
    const waiting = this.#held ?? [];
    this.#held = undefined;
    // One after the other, so that they arrive in this order.
    const inOrder = (async () => {
      for (const one of reversed ? waiting.toReversed() : waiting) {
        for (let time = 0; time < times; time += 1) await this.#attempt(one, this.#clock.now());
      }
    })().finally(() => this.#underway.delete(inOrder));
    this.#underway.add(inOrder);
  }

  /** Waits until no attempt is in progress. */
  async settled(): Promise<void> {
    while (this.#underway.size > 0) await Promise.all(this.#underway);
  }

  clear(isWanted: (namespace: string) => boolean = () => true): void {
    for (const [id, { cancel, namespace }] of this.#tracked) {
      if (!isWanted(namespace)) continue;
      cancel();
      this.#tracked.delete(id);
    }
    this.#held &&= this.#held.filter(({ namespace }) => !isWanted(namespace));
  }

  /** Aborts what is in progress. The next mock with the same store sends what is still due. */
  async close(): Promise<void> {
    this.#ended.abort();
    await Promise.allSettled(this.#underway);
  }

  #track(one: Tracked): void {
    this.#tracked.set(one.delivery.id, one);
    const [oldest] = this.#tracked.size > MOST ? this.#tracked.values() : [];
    if (oldest === undefined) return;
    this.#tracked.delete(oldest.delivery.id);
    if (oldest.delivery.state !== "waiting") void this.#kept.forget(oldest);
  }

  #start(one: Tracked, due: number): void {
    this.#track(one);
    this.#tell(one);
    if (this.#held !== undefined) this.#held.push(one);
    else if (due <= this.#clock.now()) void this.#attempt(one, due);
    else one.cancel = this.#clock.at(due, () => void this.#attempt(one, due));
  }

  #tell(one: OwnedDelivery): void {
    for (const told of this.#subscribers) told(one);
  }

  #attempt(one: Tracked, due: number): Promise<void> {
    const work = this.#tryOnce(one, due).finally(() => this.#underway.delete(work));
    this.#underway.add(work);
    return work;
  }

  async #tryOnce(one: Tracked, due: number): Promise<void> {
    const made = await outcomeOf(this.#clock, () => this.#send(one, this.#ended.signal));
    if (this.#ended.signal.aborted) return;
    const attempts = [...one.delivery.attempts, made];
    const isTaken = made.problem === undefined || one.delivery.state === "delivered";
    const pause = isTaken ? undefined : SCHEDULE[attempts.length - 1];
    one.cancel();
    if (pause === undefined) {
      const state = isTaken ? "delivered" : "failed";
      one.delivery = { ...one.delivery, attempts, state, next: undefined };
    } else {
      // Counted from when it was due: if the clock has passed several attempts, they are made now.
      const next = due + pause;
      one.delivery = { ...one.delivery, attempts, next: new Date(next).toISOString() };
      one.cancel = this.#clock.at(next, () => void this.#attempt(one, next));
    }
    this.#tell(one);
    await this.#kept.save(one);
  }
}

function toTracked({ event, resource, body, namespace, isOwn }: Told): Tracked {
  const id = `msg_${crypto.randomUUID().replaceAll("-", "")}`;
  const delivery: Delivery = {
    ...{ id, event, resource, body, attempts: [] },
    state: "waiting",
    next: undefined,
  };
  return { delivery, namespace, isOwn, cancel: () => {} };
}

async function outcomeOf(clock: Clock, send: () => Promise<number>): Promise<Attempt> {
  const time = new Date(clock.now()).toISOString();
  try {
    const status = await send();
    const isTaken = status >= 200 && status < 300;
    return { time, status, problem: isTaken ? undefined : `The receiver answered ${status}.` };
  } catch (error) {
    return { time, status: undefined, problem: `The receiver did not answer (${reasonOf(error)}).` };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : error.message;
}
