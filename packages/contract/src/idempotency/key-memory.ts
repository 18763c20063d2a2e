import { setTimeout as wait } from "node:timers/promises";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { expectCreated, expectSuccess, isMade } from "../expectations/expect-answer.ts";
import { expectReplay } from "../expectations/expect-replay.ts";
import type { Context, KeyUsed } from "../suite/context.ts";
import { type KeyCheck, type Setup, sayWhen, withNewKey } from "./setup.ts";

/** The number of keys that a server must remember: stores of limited size often have this limit. */
const MANY_KEYS = 1_000;
/** Requests in progress at once. */
const BATCH = 16;

/** The server's memory is checked again when everything else is done, and the keys have some age. */
export function keyMemory(setup: Setup): KeyCheck[] {
  return [...(isFirst(setup) ? [afterMany(setup)] : []), atTheEnd(setup)];
}

/** Filling a store once is enough. */
function isFirst({ suite, tested }: Setup): boolean {
  return suite.operations.find(({ operation }) => operation.idempotencyKey !== undefined) === tested;
}

function afterMany(setup: Setup): KeyCheck {
  return {
    id: "after-many",
    title: `remembers a key after ${MANY_KEYS} others`,
    creates: MANY_KEYS + 1,
    unable: setup.suite.quick ? "it creates many resources, and the run is --quick" : undefined,
    phase: "last",
    async run(context) {
      const [first] = await ensureKey(setup, context);
      if (first === undefined) return [];
      const missing = MANY_KEYS - keysOf(setup, context).length;
      const broken = await inBatches(Math.max(missing, 0), async (index) => {
        const sent = withNewKey(setup, setup.distinct[index % setup.distinct.length] ?? setup.distinct[0]);
        const exchange = await setup.send(context, sent);
        // What is wrong with the body of a success is for other checks.
        return isMade(setup.tested, exchange) ? [] : expectSuccess(setup.tested, exchange);
      });
      if (broken.length > 0) return broken.slice(0, 1);
      const forgotten = await again(setup, context, first);
      return sayWhen(forgotten, `after ${MANY_KEYS} others`).map((each) => ({
        ...each,
        between: { others: MANY_KEYS },
      }));
    },
  };
}

function atTheEnd(setup: Setup): KeyCheck {
  return {
    id: "end-of-run",
    title: "returns the resource of every key of the run again at its end",
    creates: 1,
    phase: "last",
    async run(context) {
      const keys = await ensureKey(setup, context);
      const [first] = keys;
      const age = first === undefined ? 0 : performance.now() - first.at;
      if (!setup.suite.quick) await wait(Math.max(context.keyAge - age, 0));
      const broken = await inBatches(keys.length, async (index) => {
        const used = keys[index];
        return used === undefined ? [] : again(setup, context, used);
      });
      return sayWhen(broken, "at the end of the run");
    },
  };
}

/** The keys that this run has used for the operation; a new one if there is none. */
async function ensureKey(setup: Setup, context: Context): Promise<readonly KeyUsed[]> {
  const known = keysOf(setup, context);
  if (known.length > 0) return known;
  const sent = withNewKey(setup, setup.distinct[0]);
  expectCreated(context, setup.tested, await setup.send(context, sent), sent);
  return keysOf(setup, context);
}

function keysOf({ tested }: Setup, context: Context): readonly KeyUsed[] {
  return context.keysUsed.filter(({ operation }) => operation === tested.operation.id);
}

async function again(setup: Setup, context: Context, used: KeyUsed): Promise<BrokenPromise[]> {
  if (!isMade(setup.tested, used.exchange)) return [];
  const seconds = Math.ceil((performance.now() - used.at) / 1_000);
  const exchange = await context.server.send(used.exchange.request);
  return expectReplay(setup.tested, setup.place, used.exchange, exchange).map((each) => ({
    ...each,
    between: { seconds },
  }));
}

async function inBatches(
  count: number,
  run: (index: number) => Promise<readonly BrokenPromise[]>,
): Promise<BrokenPromise[]> {
  const found: BrokenPromise[] = [];
  for (let start = 0; start < count; start += BATCH) {
    const size = Math.min(BATCH, count - start);
    const batch = await Promise.all(Array.from({ length: size }, (_, index) => run(start + index)));
    found.push(...batch.flat());
    // After a few failures, the rest would fail too.
    if (found.length >= BATCH) break;
  }
  return found;
}
