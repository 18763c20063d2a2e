import type { Json } from "@dots-payouts/openapi";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { expectCreated, isSuccess } from "../expectations/expect-answer.ts";
import { expectReplay } from "../expectations/expect-replay.ts";
import { type Exchange, isAnswer } from "../http/request.ts";
import type { Context } from "../suite/context.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedBody, TestedOperation } from "../suite/tested-operation.ts";

/** How many requests with one key run at once. */
export const RACERS = 20;

/** What the checks of one operation share. */
export interface Setup {
  readonly suite: Suite;
  readonly tested: TestedOperation;
  readonly body: TestedBody;
  readonly place: string;
  /** Valid bodies that can be told apart by their answers. */
  readonly distinct: readonly [Json, Json, ...Json[]];
  send(context: Context, sent: Json): Promise<Exchange>;
}

/** Expects that bodies, sent one after the other, make a resource each. */
export async function createInTurn(
  { tested, send }: Setup,
  context: Context,
  bodies: readonly Json[],
): Promise<BrokenPromise[]> {
  const exchanges: Exchange[] = [];
  const broken: BrokenPromise[] = [];
  for (const sent of bodies) {
    const exchange = await send(context, sent);
    exchanges.push(exchange);
    broken.push(...expectCreated(context, tested, exchange, sent));
  }
  return broken.map((each) => ({ ...each, exchanges }));
}

export async function createAtOnce(
  { tested, send }: Setup,
  context: Context,
  bodies: readonly Json[],
): Promise<BrokenPromise[]> {
  const all = await Promise.all(
    bodies.map(async (sent) =>
      expectCreated(context, tested, await send(context, sent), sent, "many requests at once"),
    ),
  );
  return all.flat();
}

/** Whoever loses the race may be told to come back: a key is only bound once its first request has succeeded. */
export async function raceWithOneKey(
  { tested, place, send }: Setup,
  context: Context,
  sent: Json,
): Promise<BrokenPromise[]> {
  const exchanges = await Promise.all(Array.from({ length: RACERS }, () => send(context, sent)));
  const made = exchanges.filter(({ outcome }) => isAnswer(outcome) && isSuccess(tested, outcome));
  const [first, ...others] = made;
  const odd = exchanges.filter(({ outcome }) => !isAnswer(outcome) || outcome.status >= 500);
  if (first === undefined || odd.length > 0) {
    const [shown] = first === undefined ? exchanges : odd;
    return shown === undefined ? [] : expectCreated(context, tested, shown, sent, "many requests at once");
  }
  for (const other of others) {
    const broken = expectReplay(tested, place, first, other, sent);
    if (broken.length > 0)
      return broken.map((each) => ({
        ...each,
        cause: `${each.cause}, when both come at once`,
      }));
  }
  return expectCreated(context, tested, first, sent);
}
