import { asDocument, type LifeCycle, lifeCycleOf } from "@dots-payouts/openapi";
import bundled from "@dots-payouts/spec/openapi.json" with { type: "json" };
import { type Mock, startMock } from "../../src/index.ts";
import { seededRandom } from "../../src/sample/seeded-random.ts";
import { post, send } from "../send.ts";
import { eventReceiver, SECRET } from "./receiver.ts";

interface Options {
  readonly seed: number;
  readonly lives: number;
  /** Keeps everything there, and starts the mock anew now and then. @default memory */
  readonly store?: string;
}

/** A payout link as it has to be. */
interface Expected {
  readonly id: string;
  readonly key: string;
  /** The answer that its key brings back. */
  readonly text: string;
  readonly keyUntil: number;
  state: string;
}

const DAY = 86_400_000;

/**
 * Lives the lives of payout links by chance: they are created, moved, canceled, replayed and aged, and after each step
 * the mock has to say what the model says.
 * @throws Error where it does not
 */
export async function livesAgainstModel({ seed, lives, store }: Options) {
  const cycle = lifeCycleOf(asDocument(bundled), "payoutLink");
  if (cycle === undefined) throw new Error("The description has no life of a payout link.");
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  await using receiver = await eventReceiver();
  const start = (now?: Date) =>
    startMock({
      webhookUrl: receiver.url,
      webhookSecret: SECRET,
      ...(store === undefined ? {} : { store }),
      ...(now === undefined ? {} : { now }),
    });
  let mock: Mock = await start();
  const known: Expected[] = [];
  const counts = { lives: 0, moves: 0, refused: 0, restarts: 0 };
  let events = 0;
  try {
    while (counts.lives < lives) {
      const roll = random();
      if (roll < 0.3 || known.length === 0) {
        known.push(await create(mock, crypto.randomUUID()));
        counts.lives += 1;
        events += 1;
      } else if (roll < 0.7) {
        events += await move(mock, cycle, pick(known), pick(cycle.moves)?.name ?? "", counts);
      } else if (roll < 0.85) {
        await replay(mock, known, pick(known));
      } else if (roll < 0.95) {
        mock.clock.advance(Math.floor(random() * DAY));
      } else if (store !== undefined) {
        await mock.webhooks.settled();
        const now = mock.clock.now();
        await mock.close();
        mock = await start(now);
        counts.restarts += 1;
      }
      await compare(mock, pick(known));
    }
    for (const expected of known) await compare(mock, expected);
    await mock.webhooks.settled();
    const ids = new Set(receiver.received.map(({ id }) => id));
    if (ids.size < events) throw new Error(`${events} events have to come at least; ${ids.size} came.`);
    return counts;
  } finally {
    await mock.close();
  }
}

async function create(mock: Mock, key: string): Promise<Expected> {
  const before = mock.clock.now().getTime();
  const { status, text, body } = await post(`${mock.url}/v2/payout-links`, {
    amount: 5,
    idempotency_key: key,
  });
  if (status !== 200) throw new Error(`A link was not created: ${status} ${text}`);
  return { id: String(body["id"]), key, text, keyUntil: before + DAY, state: "sent" };
}

/** Returns how many events the move fires at least. */
async function move(
  mock: Mock,
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
    : mock.move(expected.id, name).then(
        () => true,
        () => false,
      ));
  if (isMade !== isPossible) throw new Error(`${name} from ${expected.state}: ${isMade}, not ${isPossible}.`);
  if (!isMade) {
    counts.refused += 1;
    return 0;
  }
  counts.moves += 1;
  expected.state = known.to ?? expected.state;
  return known.fires.length;
}

/** A key brings its first answer back for a day, and makes another link after it. */
async function replay(mock: Mock, known: Expected[], expected: Expected | undefined): Promise<void> {
  if (expected === undefined) return;
  const left = expected.keyUntil - mock.clock.now().getTime();
  // So near to its end, either is right.
  if (Math.abs(left) < 60_000) return;
  const again = await create(mock, expected.key);
  if (left > 0 && again.text !== expected.text) throw new Error("A key that protects made a second link.");
  if (left < 0) {
    if (again.id === expected.id) throw new Error("A key that has ended brought its first answer back.");
    known.splice(known.indexOf(expected), 1, again);
  }
}

async function compare(mock: Mock, expected: Expected | undefined): Promise<void> {
  if (expected === undefined) return;
  const { body } = await send("GET", `${mock.url}/v2/payout-links/${expected.id}`);
  if (body["status"] === expected.state) return;
  throw new Error(`${expected.id} is ${body["status"]}, not ${expected.state}.`);
}
