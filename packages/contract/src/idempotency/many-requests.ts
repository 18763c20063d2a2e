import type { Json } from "@dots-payouts/openapi";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { expectCreated, isSuccess } from "../expectations/expect-answer.ts";
import { expectReplay } from "../expectations/expect-replay.ts";
import { type Exchange, isAnswer } from "../http/request.ts";
import type { Context } from "../suite/context.ts";
import { type Setup, sayWhen } from "./setup.ts";

/** How many requests with one key run at once. */
export const RACERS = 20;

/** Expects that bodies sent one after the other each create a resource. */
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

/** Expects that bodies sent at once each create a resource. */
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
  return all.flat().map((each) => ({ ...each, atOnce: { count: bodies.length, ownKeys: true } }));
}

/**
 * Expects that requests sent at once with one key create one resource. All but one may be told to try again: a key is
 * only bound once its first request has succeeded.
 */
export async function raceWithOneKey(
  { tested, place, send }: Setup,
  context: Context,
  sent: Json,
): Promise<BrokenPromise[]> {
  const atOnce = { count: RACERS, ownKeys: false };
  const exchanges = await Promise.all(Array.from({ length: RACERS }, () => send(context, sent)));
  const made = exchanges.filter(({ outcome }) => isAnswer(outcome) && isSuccess(tested, outcome));
  const [first, ...others] = made;
  const odd = exchanges.filter(({ outcome }) => !isAnswer(outcome) || outcome.status >= 500);
  if (first === undefined || odd.length > 0) {
    const [shown] = first === undefined ? exchanges : odd;
    const broken =
      shown === undefined ? [] : expectCreated(context, tested, shown, sent, "many requests at once");
    return broken.map((each) => ({ ...each, atOnce }));
  }
  for (const other of others) {
    const broken = expectReplay(tested, place, first, other);
    if (broken.length > 0)
      return sayWhen(broken, "when both come at once").map((each) => ({ ...each, atOnce }));
  }
  return expectCreated(context, tested, first, sent);
}
