import { getAt, type Json, type LifeCycle } from "@dots-payouts/openapi";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { isMade } from "../expectations/expect-answer.ts";
import { brokenResource, sendBy } from "../expectations/expect-resource.ts";
import { isAnswer, parseJson } from "../http/request.ts";
import type { Context } from "../suite/context.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { createResource } from "./create-resource.ts";

/** A resource starts in a documented state (`x-states`), and makes only documented moves. */
export async function expectStates(
  context: Context,
  creator: TestedOperation,
  reader: TestedOperation,
  cycle: LifeCycle,
): Promise<readonly BrokenPromise[]> {
  const creation = await createResource(context, creator);
  if ("broken" in creation) return creation.broken;
  const { made } = creation;
  const exchange = await sendBy(context, reader, made.id);
  if (!isMade(reader, exchange) || !isAnswer(exchange.outcome)) return [];
  const [first, later] = [made.resource, parseJson(exchange.outcome.body) ?? null].map((resource) =>
    stateOf(cycle, resource),
  );
  if (first === undefined || later === undefined) return [];
  const exchanges = [made.exchange, exchange];
  const wrong = (cause: string, expected: string, keyword: string): BrokenPromise => ({
    ...brokenResource(reader, cause, expected, exchanges),
    place: `${cycle.schema}/x-states/${keyword}`,
  });
  const initial = cycle.initial.map(({ state }) => state);
  if (!initial.includes(first)) {
    return [wrong(`a new resource is ${first}`, `a new resource is ${initial.join(" or ")}`, "initial")];
  }
  if (reachable(cycle, first).has(later)) return [];
  return [
    wrong(
      `a resource moves from ${first} to ${later}`,
      `a resource makes only documented moves: from ${first} it never gets to ${later}`,
      "moves",
    ),
  ];
}

function stateOf({ state }: LifeCycle, resource: Json): string | undefined {
  const value = getAt(resource, state);
  return typeof value === "string" ? value : undefined;
}

/** The states that a resource can reach, including its current one. */
function reachable({ moves }: LifeCycle, from: string): ReadonlySet<string> {
  const found = new Set([from]);
  for (const state of found) {
    for (const move of moves) if (move.to !== undefined && move.from.includes(state)) found.add(move.to);
  }
  return found;
}
