import { getAt, type LifeCycle } from "@dots-payouts/openapi";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { isMade } from "../expectations/expect-answer.ts";
import { brokenResource, sendBy } from "../expectations/expect-resource.ts";
import type { Exchange } from "../http/request.ts";
import { createResource } from "../life/create-resource.ts";
import type { Context } from "../suite/context.ts";
import type { Receiver } from "../suite/receiver.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { idIn } from "./events.ts";

/** The events that a caller can make a resource fire. */
export function firedBy({ initial, moves }: LifeCycle): readonly string[] {
  return [...initial, ...moves.filter(({ by }) => by === "caller")].flatMap(({ fires }) => fires);
}

/** Whatever happens to a resource fires the documented events. */
export async function expectFired(
  context: Context,
  receiver: Receiver,
  creator: TestedOperation,
  cycle: LifeCycle,
): Promise<readonly BrokenPromise[]> {
  const creation = await createResource(context, creator);
  if ("broken" in creation) return creation.broken;
  const { made } = creation;
  const state = getAt(made.resource, cycle.state);
  const begun = cycle.initial.find((initial) => initial.state === state)?.fires ?? [];
  const place = `${cycle.schema}/x-states`;
  const missing = await missed(receiver, made.id, begun);
  if (missing !== undefined) {
    return [
      notFired(creator, `a new resource that is ${String(state)} fires no ${missing}`, `${place}/initial`, [
        made.exchange,
      ]),
    ];
  }
  for (const changer of changersOf(context, cycle)) {
    const role = changer.operation.resource;
    const move = role?.does === "change" ? cycle.moves.find(({ name }) => name === role.move) : undefined;
    if (move === undefined) continue;
    const seen = receiver.deliveries.length;
    const exchange = await sendBy(context, changer, made.id);
    if (!isMade(changer, exchange)) continue;
    const missing = await missed(receiver, made.id, move.fires, seen);
    if (missing === undefined) continue;
    const cause = `${changer.operation.id} fires no ${missing}`;
    return [notFired(changer, cause, `${place}/moves`, [made.exchange, exchange])];
  }
  return [];
}

/** The first of some events about a resource that does not arrive. */
async function missed(
  receiver: Receiver,
  id: string,
  names: readonly string[],
  from = 0,
): Promise<string | undefined> {
  for (const name of names) {
    const hasCome = (): boolean =>
      receiver.deliveries
        .slice(from)
        .some(
          ({ body, events }) =>
            body !== undefined && events.some((event) => event.name === name && idIn(event, body) === id),
        );
    if (!(await receiver.waitFor(hasCome))) return name;
  }
  return undefined;
}

/** The operations that change such a resource without a body, and that message nobody. */
function changersOf({ suite, permissions }: Context, { kind }: LifeCycle): TestedOperation[] {
  return suite.operations.filter(
    ({ operation, body }) =>
      operation.resource?.kind === kind &&
      operation.resource.does === "change" &&
      body === undefined &&
      (permissions.deliveries || !operation.delivers),
  );
}

function notFired(
  tested: TestedOperation,
  cause: string,
  place: string,
  exchanges: readonly Exchange[],
): BrokenPromise {
  const expected = "whatever happens to a resource is delivered as the documented events";
  return { ...brokenResource(tested, cause, expected, exchanges), place };
}
