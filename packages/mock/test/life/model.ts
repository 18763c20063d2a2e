import { asDocument, type LifeCycle, lifeCycleOf } from "@dots-payouts/openapi";
import bundled from "@dots-payouts/spec/openapi.json" with { type: "json" };
import { seededRandom } from "../../src/sample/seeded-random.ts";
import { post, send } from "../send.ts";
import { advance, type Driver, type DriverOptions, inProcess, moveOf, nowOf } from "./driver.ts";
import { eventReceiver, SECRET } from "./receiver.ts";

interface Options {
  readonly seed: number;
  readonly lives: number;
  /**
   * Where everything is stored; the mock is restarted now and then.
   * @default memory
   */
  readonly store?: string;
  /**
   * Starts a mock that can be killed, and kills it within every so many steps.
   * @default nothing is killed
   */
  readonly killed?: {
    readonly every: number;
    readonly start: (options: DriverOptions) => Promise<Driver>;
  };
}

/** The expected payout link. */
interface Expected {
  readonly id: string;
  readonly key: string;
  /** The answer that its key returns. */
  readonly text: string;
  readonly keyUntil: number;
  state: string;
}

const DAY = 86_400_000;

/**
 * Lives random lives of payout links: they are created, moved, canceled, replayed and aged, and after each step the
 * mock must agree with the model.
 * @throws Error if it does not
 */
export async function livesAgainstModel({ seed, lives, store, killed }: Options) {
  const cycle = lifeCycleOf(asDocument(bundled), "payoutLink");
  if (cycle === undefined) throw new Error("The description has no life of a payout link.");
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  await using receiver = await eventReceiver();
  const start = (now?: Date) =>
    (killed?.start ?? inProcess)({
      webhookUrl: receiver.url,
      webhookSecret: SECRET,
      ...(store === undefined ? {} : { store }),
      ...(now === undefined ? {} : { now }),
    });
  let mock = await start();
  const known: Expected[] = [];
  const counts = { lives: 0, moves: 0, refused: 0, restarts: 0, kills: 0 };
  let events = 0;
  try {
    const isEnough = () => counts.lives >= lives && (killed === undefined || counts.kills > 0);
    for (let step = 1; !isEnough(); step += 1) {
      const roll = random();
      if (killed !== undefined && step % killed.every === 0) {
        const now = new Date(await nowOf(mock));
        const finish = interrupted(mock, cycle, pick(known), pick(cycle.moves)?.name ?? "");
        await new Promise((resolve) => setTimeout(resolve, random() * 8));
        await mock.kill();
        mock = await start(now);
        const { made, fired } = await finish(mock);
        if (made !== undefined) {
          known.push(made);
          counts.lives += 1;
        }
        events += fired;
        counts.kills += 1;
      } else if (roll < 0.3 || known.length === 0) {
        known.push(await create(mock, crypto.randomUUID()));
        counts.lives += 1;
        events += 1;
      } else if (roll < 0.7) {
        events += await move(mock, cycle, pick(known), pick(cycle.moves)?.name ?? "", counts);
      } else if (roll < 0.85) {
        await replay(mock, known, pick(known));
      } else if (roll < 0.95) {
        await advance(mock, Math.floor(random() * DAY));
      } else if (store !== undefined) {
        const now = new Date(await nowOf(mock));
        await mock.close();
        mock = await start(now);
        counts.restarts += 1;
      }
      await compare(mock, pick(known));
    }
    for (const expected of known) await compare(mock, expected);
    await receiver.holds(events);
    return counts;
  } finally {
    await mock.close();
  }
}

async function create(mock: Driver, key: string): Promise<Expected> {
  const before = await nowOf(mock);
  const { status, text, body } = await post(`${mock.url}/v2/payout-links`, {
    amount: 5,
    idempotency_key: key,
  });
  if (status !== 200) throw new Error(`A link was not created: ${status} ${text}`);
  return { id: String(body["id"]), key, text, keyUntil: before + DAY, state: "sent" };
}

/**
 * Starts to create a link or to make a move in a mock that is about to be killed. Returns a function that later finds
 * out what happened: all of it or nothing is correct, but not a part.
 */
function interrupted(mock: Driver, cycle: LifeCycle, expected: Expected | undefined, name: string) {
  const key = crypto.randomUUID();
  const known = cycle.moves.find((one) => one.name === name && one.by !== "caller");
  const isMove = expected !== undefined && known?.from.includes(expected.state) === true;
  const begun = isMove ? moveOf(mock, expected.id, name) : create(mock, key);
  const told = begun.then(
    (answer) => answer,
    () => undefined,
  );
  return async (next: Driver): Promise<{ readonly made?: Expected; readonly fired: number }> => {
    const before = await told;
    if (!isMove) {
      const made = await create(next, key);
      if (typeof before === "object" && before.text !== made.text)
        throw new Error("A kill created a second link.");
      return { made, fired: 1 };
    }
    const { body } = await send("GET", `${next.url}/v2/payout-links/${expected.id}`);
    const isMade = body["status"] === (known?.to ?? expected.state);
    if (before === true && !isMade) throw new Error(`A kill undid the move ${name}.`);
    if (isMade) expected.state = String(body["status"]);
    // A move that keeps the state can't be distinguished from one that was not made.
    return { fired: isMade && (before === true || known?.to !== undefined) ? (known?.fires.length ?? 0) : 0 };
  };
}

/** Returns the minimum number of events that the move fires. */
async function move(
  mock: Driver,
  cycle: LifeCycle,
  expected: Expected | undefined,
  name: string,
  counts: { moves: number; refused: number },
): Promise<number> {
  const known = cycle.moves.find((one) => one.name === name);
  if (expected === undefined || known === undefined) return 0;
  const isPossible = known.from.includes(expected.state);
  const isMade = await (name === "cancel"
    ? send("DELETE", `${mock.url}/v2/payout-links/${expected.id}`).then(({ status }) => status === 200)
    : moveOf(mock, expected.id, name));
  if (isMade !== isPossible) throw new Error(`${name} from ${expected.state}: ${isMade}, not ${isPossible}.`);
  if (!isMade) {
    counts.refused += 1;
    return 0;
  }
  counts.moves += 1;
  expected.state = known.to ?? expected.state;
  return known.fires.length;
}

/** A key returns its first answer for a day, and creates another link afterwards. */
async function replay(mock: Driver, known: Expected[], expected: Expected | undefined): Promise<void> {
  if (expected === undefined) return;
  const left = expected.keyUntil - (await nowOf(mock));
  // This close to the end of its lifetime, both are correct.
  if (Math.abs(left) < 60_000) return;
  const again = await create(mock, expected.key);
  if (left > 0 && again.text !== expected.text)
    throw new Error("A key that is still valid created a second link.");
  if (left < 0) {
    if (again.id === expected.id) throw new Error("A key that has ended brought its first answer back.");
    known.splice(known.indexOf(expected), 1, again);
  }
}

async function compare(mock: Driver, expected: Expected | undefined): Promise<void> {
  if (expected === undefined) return;
  const { body } = await send("GET", `${mock.url}/v2/payout-links/${expected.id}`);
  if (body["status"] === expected.state) return;
  throw new Error(`${expected.id} is ${body["status"]}, not ${expected.state}.`);
}
