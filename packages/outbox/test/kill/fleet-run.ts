import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { PostgresServer } from "@dots-payouts/postgres-server";

import { Bench } from "../api/bench.ts";
import { scratchFolder } from "../api/scratch.ts";
import { movablePlaces } from "../postgres/places.ts";
import { Wire } from "../postgres/wire.ts";
import { App } from "./app.ts";
import { badDay } from "./bad-day.ts";
import type { FleetChildOptions } from "./fleet-child.ts";
import { Worker } from "./fleet-worker.ts";
import { type Judgement, judge } from "./judge.ts";
import { randomOf } from "./random.ts";
import { rowsFor } from "./rows.ts";

const HOUR = 3_600_000;

/** The disturbances of a fleet of workers. */
const BLOWS = [
  ["kill", 30],
  ["pause", 30],
  ["cut from the database", 10],
  ["cut from the API", 10],
  ["cut from the API in silence", 5],
  ["cut from the database in silence", 3],
  ["kill the database", 7],
  ["a day passes", 2],
  ["an hour passes", 3],
] as const;
type Blow = (typeof BLOWS)[number][0];

export interface FleetOptions {
  readonly seed: number;
  readonly people: number;
  readonly workers: number;
  readonly blows: number;
  /** The maximum time between two disturbances, in milliseconds. */
  readonly gap: number;
  /** The package's entry file that workers use. @default that of the source, which takes longer to start */
  readonly entry?: string;
}

export interface FleetVerdict extends Judgement {
  /** IDs of orders without a payout, and the other way round. */
  readonly alone: string[];
  readonly blows: Partial<Record<Blow, number>>;
  /** How many requests the workers have sent during disturbances. */
  readonly requests: number;
  /** The messages of workers that ended by themselves. */
  readonly crashes: string[];
}

/**
 * Workers on many machines, while an application adds orders. They are killed, paused, cut off from the database and
 * from the API, with clocks an hour apart, while the database is killed and restarted and the API has a bad day. At
 * the end a person settles what is left, and everything is compared with what the API has created.
 */
export async function fleetRun(
  server: PostgresServer,
  { seed, people, workers: size, blows, gap, entry }: FleetOptions,
): Promise<FleetVerdict> {
  const random = randomOf(seed);
  const places = movablePlaces(server);
  await using bench = await Bench.start({ behave: badDay(random, 0.3), delay: 150 }, places.make);
  // The lists hide what was created for some IDs, permanently.
  bench.api.options = { ...bench.api.options, hides: ({ reference }) => /[789]$/.test(reference ?? "") };
  const folder = scratchFolder("outbox-fleet");
  const times = { timeout: 400, quiet: 600, budget: 2_000 };
  const rows = rowsFor(people);
  const fleet: Worker[] = [];
  for (let n = 0; n < size; n += 1) {
    const api = await Wire.to(Number(new URL(bench.api.url).port));
    const database = await Wire.to(server.port);
    const store = new URL(bench.store);
    store.port = String(database.port);
    const options: FleetChildOptions = {
      store: store.href,
      baseUrl: bench.api.url,
      via: `http://127.0.0.1:${api.port}`,
      // An hour from the first to the last.
      ahead: Math.trunc((n / Math.max(1, size - 1) - 0.5) * HOUR),
      concurrency: 2 + Math.trunc(random() * 10),
      // Slow enough that the rows outlast most disturbances.
      perSecond: Math.ceil(people / (blows * (gap / 2_000) * 0.8)),
      times,
      entry,
    };
    fleet.push(new Worker(`worker-${n}`, folder, options, api, database));
  }
  const outbox = await bench.open({ times });
  const app = new App(bench, outbox, rows, random);
  await app.prepare();
  for (const worker of fleet) worker.start();
  const counted: Partial<Record<Blow, number>> = {};
  const lasting = new Set<Promise<void>>();
  try {
    for (let n = 0; n < blows; n += 1) {
      await sleep(random() * gap);
      const blow = chooseBlow(random);
      const worker = fleet[Math.trunc(random() * size)];
      if (worker === undefined) continue;
      counted[blow] = (counted[blow] ?? 0) + 1;
      const work = strike(blow, worker, random() * 3_000, { server, bench }).finally(() =>
        lasting.delete(work),
      );
      lasting.add(work);
      // A disturbance of the database affects all workers.
      if (blow === "kill the database") await work;
      await app.add(Math.ceil(people / blows));
      for (const each of fleet) each.tend();
    }
    await Promise.all(lasting);
    // From here on nothing fails any more.
    const { behave: _, ...calm } = bench.api.options;
    bench.api.options = calm;
    await app.add(people);
    const began = performance.now();
    // On a slow machine, workers had no time yet to send much.
    const isEnough = () => performance.now() > began + blows * 100 && bench.api.received.length > people / 4;
    while ((await outbox.counts()).pending.rows > 0 && !isEnough() && performance.now() < began + 60_000)
      await sleep(200);
    const exits = await Promise.all(fleet.map((worker) => worker.end()));
    if (exits.some((code) => code !== 0)) throw new Error(`workers ended with ${exits.join(", ")}`);
  } finally {
    for (const worker of fleet) {
      await worker.end();
      await worker.api.close();
      await worker.database.close();
    }
    rmSync(folder, { recursive: true, force: true });
  }
  const requests = bench.api.received.length;
  const crashes = fleet.flatMap((worker) => worker.crashes);
  await bench.api.finish();
  bench.clock.ahead += 3 * HOUR;
  for (let turn = 0; turn < 3; turn += 1) {
    await outbox.run({ concurrency: 20, perSecond: null });
    bench.clock.ahead += HOUR;
  }
  const alone = await app.compare();
  const judgement = await judge(bench.api, outbox, rows);
  places.remove();
  return { ...judgement, alone, blows: counted, requests, crashes };
}

function chooseBlow(random: () => number): Blow {
  let at = random() * BLOWS.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [blow, weight] of BLOWS) {
    at -= weight;
    if (at < 0) return blow;
  }
  return "kill";
}

async function strike(
  blow: Blow,
  worker: Worker,
  milliseconds: number,
  { server, bench }: { readonly server: PostgresServer; readonly bench: Bench },
): Promise<void> {
  switch (blow) {
    case "kill":
      worker.kill();
      return;
    case "pause":
      return worker.pause(milliseconds);
    case "cut from the database":
    case "cut from the API": {
      const wire = blow === "cut from the API" ? worker.api : worker.database;
      wire.cut();
      await sleep(milliseconds);
      return wire.restore();
    }
    case "cut from the database in silence":
    case "cut from the API in silence": {
      const wire = blow === "cut from the API in silence" ? worker.api : worker.database;
      wire.stall();
      await sleep(milliseconds);
      return wire.restore();
    }
    case "kill the database":
      await server.kill();
      await sleep(milliseconds / 4);
      return server.start();
    case "a day passes":
      bench.clock.ahead += 26 * HOUR;
      return;
    case "an hour passes":
      bench.clock.ahead += HOUR;
      return;
  }
}
