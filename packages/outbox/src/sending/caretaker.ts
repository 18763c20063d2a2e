import { isApiFailure } from "../api/failures.ts";
import type { Context } from "../engine/context.ts";
import { lookUp } from "../engine/look-up.ts";
import { OutboxError } from "../outbox-error.ts";
import { startAllOver } from "./prepare.ts";
import type { Sending } from "./sending.ts";
import type { WorkOptions } from "./sending-options.ts";

/** How often a worker reports that it is alive, in milliseconds. */
const BEAT = 5_000;

/** How often one of all workers does maintenance of the store. */
const TEND = 60_000;

/** How often the list is read for rows that are unresolved or wait for a new key. */
const LOOK = 10 * 60_000;

/** What a worker does besides sending: it reports that it is alive, and takes care of what others have left. */
export class Caretaker {
  readonly #context: Context;
  readonly #client: string;
  readonly #sending: Sending;
  readonly #options: WorkOptions;
  readonly #startOver: (id: string) => Promise<void>;
  readonly #stop = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #work: Promise<void> = Promise.resolve();
  #isBusy = false;
  #looked = Number.NEGATIVE_INFINITY;
  #told: string | undefined;

  constructor(
    context: Context,
    client: string,
    sending: Sending,
    options: WorkOptions,
    startOver: (id: string) => Promise<void>,
  ) {
    this.#context = context;
    this.#client = client;
    this.#sending = sending;
    this.#options = options;
    this.#startOver = startOver;
    this.#timer = setInterval(() => this.#begin(), options.beat ?? BEAT);
    this.#begin();
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    await this.#work;
    // A worker that cannot report is shown as silent for a while.
    await this.#context.store.leave().catch(() => undefined);
  }

  #begin(): void {
    this.#tell();
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#work = this.#round().finally(() => {
      this.#isBusy = false;
    });
  }

  /** Reports what it waits for, once, and that it continues. */
  #tell(): void {
    const { waiting } = this.#sending;
    if (waiting !== this.#told) this.#options.onWaiting?.(waiting);
    this.#told = waiting;
  }

  /** If the database or the API is down, the next round tries again. */
  async #round(): Promise<void> {
    const { store } = this.#context;
    const { waiting, requests, underWay } = this.#sending;
    try {
      await store.beat({ waiting, requests, underWay, concurrency: this.#options.concurrency ?? 10 });
      if (await store.tend(this.#options.tend ?? TEND)) await this.#lookAfter();
    } catch (error) {
      if (!(error instanceof OutboxError) && !isApiFailure(error)) throw error;
    }
  }

  async #lookAfter(): Promise<void> {
    const { store, serverClock, times, clock } = this.#context;
    await store.sweep(serverClock.read(), this.#client, times.apart);
    const { oldestOpen, paused } = await store.status();
    const isUnresolved = (await store.tally()).some(({ state, rows }) => state === "unresolved" && rows > 0);
    const waiting = paused === undefined ? await store.startOver(serverClock.read()) : [];
    const now = clock.monotonic();
    if (oldestOpen === undefined || (!isUnresolved && waiting.length === 0) || now - this.#looked < LOOK)
      return;
    this.#looked = now;
    await lookUp(this.#context, oldestOpen, "enough", undefined, this.#stop.signal);
    if (waiting.length > 0) await startAllOver(this.#context, this.#startOver);
  }
}
