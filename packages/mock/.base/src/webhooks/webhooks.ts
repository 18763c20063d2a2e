import type { Clock } from "../clock/clock.ts";
import { refuse } from "../wire/refusal.ts";
import { type Attempt, type Delivery, SCHEDULE } from "./delivery.ts";

/** Sends a body once. Returns the status of the answer, or throws where there is none. */
export type SendOnce = (id: string, body: string, signal: AbortSignal) => Promise<number>;

/** The events that are told to a receiver: each at least once, in any order, again while it is not taken. */
export interface Webhooks {
  /** The last deliveries, oldest first. */
  readonly deliveries: readonly Delivery[];
  tell(event: string, resource: string, body: string): void;
  /** Sends a delivery once more, under the same ID. @throws Refusal (404) */
  sendAgain(id: string): Promise<Delivery>;
  /** Sends nothing from now on, until it is released. */
  hold(): void;
  /** Sends what was held, in the order that is asked for, each so many times. */
  release(reversed: boolean, times: number): void;
  /** Waits until no attempt is under way. */
  settled(): Promise<void>;
  clear(): void;
  close(): void;
}

/** More deliveries than these are forgotten, the oldest first. */
const MOST = 1_000;

interface Tracked {
  delivery: Delivery;
  /** Calls the next attempt off. */
  cancel: () => void;
}

export function createWebhooks(clock: Clock, send: SendOnce): Webhooks {
  const tracked = new Map<string, Tracked>();
  const underway = new Set<Promise<void>>();
  const ended = new AbortController();
  let held: Tracked[] | undefined;

  const attempt = (one: Tracked, due: number): Promise<void> => {
    const work = tryOnce(one, due).finally(() => underway.delete(work));
    underway.add(work);
    return work;
  };
  const tryOnce = async (one: Tracked, due: number): Promise<void> => {
    const { id, body } = one.delivery;
    const made = await outcomeOf(clock, () => send(id, body, ended.signal));
    if (ended.signal.aborted) return;
    const attempts = [...one.delivery.attempts, made];
    const isTaken = made.problem === undefined || one.delivery.state === "delivered";
    const pause = isTaken ? undefined : SCHEDULE[attempts.length - 1];
    if (pause === undefined) {
      one.cancel();
      one.delivery = { ...one.delivery, attempts, state: isTaken ? "delivered" : "failed", next: undefined };
      return;
    }
    // From when it was due: where the clock has passed several attempts, they are made up for.
    const next = due + pause;
    one.delivery = { ...one.delivery, attempts, next: new Date(next).toISOString() };
    one.cancel();
    one.cancel = clock.at(next, () => void attempt(one, next));
  };
  return {
    get deliveries() {
      return [...tracked.values()].map(({ delivery }) => delivery);
    },
    tell(event, resource, body) {
      const id = `msg_${crypto.randomUUID().replaceAll("-", "")}`;
      const delivery: Delivery = {
        id,
        event,
        resource,
        body,
        attempts: [],
        state: "waiting",
        next: undefined,
      };
      const one: Tracked = { delivery, cancel: () => {} };
      tracked.set(id, one);
      const [oldest] = tracked.size > MOST ? tracked.keys() : [];
      if (oldest !== undefined) tracked.delete(oldest);
      if (held === undefined) void attempt(one, clock.now());
      else held.push(one);
    },
    async sendAgain(id) {
      const one = tracked.get(id);
      if (one === undefined) throw refuse(404, "delivery", `There is no delivery ${id}.`);
      await attempt(one, clock.now());
      return one.delivery;
    },
    hold() {
      held ??= [];
    },
    release(reversed, times) {
      const waiting = held ?? [];
      held = undefined;
      // One after the other, so that they arrive in this order.
      const inOrder = (async () => {
        for (const one of reversed ? waiting.toReversed() : waiting) {
          for (let time = 0; time < times; time += 1) await attempt(one, clock.now());
        }
      })().finally(() => underway.delete(inOrder));
      underway.add(inOrder);
    },
    async settled() {
      while (underway.size > 0) await Promise.all(underway);
    },
    clear() {
      for (const { cancel } of tracked.values()) cancel();
      tracked.clear();
      held &&= [];
    },
    close() {
      ended.abort();
    },
  };
}

async function outcomeOf(clock: Clock, send: () => Promise<number>): Promise<Attempt> {
  const time = new Date(clock.now()).toISOString();
  try {
    const status = await send();
    const isTaken = status >= 200 && status < 300;
    return { time, status, problem: isTaken ? undefined : `The receiver answered ${status}.` };
  } catch (error) {
    return { time, status: undefined, problem: `The receiver gave no answer (${reasonOf(error)}).` };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : error.message;
}
