import { rmSync } from "node:fs";
import { join } from "node:path";
import { Dots } from "@dots-payouts/client";
import { type Outbox, type OutboxOptions, openOutbox } from "../../src/index.ts";
import { FakeApi, type FakeOptions } from "./fake-api.ts";
import { scratchFolder } from "./scratch.ts";

/** A clock that a test moves. */
class TestClock {
  #ahead = 0;
  readonly #moved: (ahead: number) => void;

  constructor(moved: (ahead: number) => void) {
    this.#moved = moved;
  }

  get ahead(): number {
    return this.#ahead;
  }

  set ahead(ahead: number) {
    this.#ahead = ahead;
    this.#moved(ahead);
  }

  wall = (): number => Date.now() + this.#ahead;
  monotonic = (): number => performance.now();
}

/** For requests that are never answered. */
export const IMPATIENT = { timeout: 300, quiet: 1_000 };

/** A store for a test. */
export interface Place {
  readonly store: string;
  /** Moves the store's own clock together with the test's. */
  moveClock(ahead: number): void;
}

/** A fake API with its own store. */
export class Bench implements AsyncDisposable {
  /**
   * Where stores are created if a test does not say it.
   * @default a file in a folder of the bench
   */
  static makePlace: (() => Promise<Place>) | undefined;

  readonly folder: string;
  readonly clock: TestClock;
  readonly store: string;
  readonly api: FakeApi;
  /** How far the API's clock is ahead of this machine's, in milliseconds. */
  skew = 0;
  readonly #open: Outbox[] = [];

  private constructor(api: FakeApi, folder: string, place: Place) {
    this.api = api;
    this.folder = folder;
    this.store = place.store;
    this.clock = new TestClock(place.moveClock);
  }

  static async start(options: FakeOptions = {}, makePlace = Bench.makePlace): Promise<Bench> {
    const api = await FakeApi.start(options);
    const folder = scratchFolder("outbox");
    const place = (await makePlace?.()) ?? {
      store: join(folder, "run.db"),
      moveClock: () => undefined,
    };
    const bench = new Bench(api, folder, place);
    api.options = { now: () => bench.clock.wall() + bench.skew, ...api.options };
    return bench;
  }

  async open(more: Partial<OutboxOptions> = {}, open = openOutbox): Promise<Outbox> {
    const baseUrl = this.api.url;
    const outbox = await open({
      store: this.store,
      dots: new Dots({ baseUrl, clientId: "client", apiKey: "key" }),
      clock: this.clock,
      times: { timeout: 10_000, quiet: 1_000 },
      ...more,
    });
    this.#open.push(outbox);
    return outbox;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const outbox of this.#open) await outbox.close();
    await this.api.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
