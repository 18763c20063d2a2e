import { getAt, type Json } from "@dots-payouts/openapi";
import type { Again, BrokenPromise } from "../expectations/broken-promise.ts";
import { isAnswer } from "../http/request.ts";
import { pointersIn, replaceAt, without } from "../values/fields.ts";
import type { Result } from "./run-checks.ts";

/** Requests that the search for one smallest request may take, and searches that one run may take. */
const REQUESTS = 40;
const SEARCHES = 12;

/** Finds, for each cause, a smallest request that shows it. The first result with a cause carries it. */
export async function shrinkCauses(results: readonly Result[]): Promise<Result[]> {
  const best = new Map<string, BrokenPromise>();
  for (const { check, broken } of results) {
    for (const each of broken) {
      const id = `${check.operation} ${each.kind}`;
      const known = best.get(id);
      if (known === undefined || sizeOf(each) < sizeOf(known)) best.set(id, each);
    }
  }
  const smaller = new Map<BrokenPromise, BrokenPromise>();
  for (const each of [...best.values()].slice(0, SEARCHES)) {
    smaller.set(each, await findSmallest(each));
  }
  return results.map((result) => ({
    ...result,
    broken: result.broken.map((each) => smaller.get(each) ?? each),
  }));
}

/** A each of the same cause with a body as small as a short search finds. */
export async function findSmallest(each: BrokenPromise): Promise<BrokenPromise> {
  let best = each;
  let budget = REQUESTS;
  // To wait for a server that does not answer, again and again, would take too long.
  const { outcome } = each.exchanges.at(-1) ?? {};
  if (outcome === undefined || !isAnswer(outcome)) return each;
  for (let progress = true; progress && budget > 0; ) {
    progress = false;
    const { again } = best;
    if (again === undefined) return best;
    for (const body of smallerBodies(again)) {
      if (budget === 0) break;
      budget -= 1;
      const found = (await again.send(body)).find(({ cause }) => cause === best.cause);
      if (found === undefined) continue;
      best = found;
      progress = true;
      break;
    }
  }
  return best;
}

/** Smaller bodies that are as valid, or as invalid, as a body is: without a part of it, or with a plainer value. */
function smallerBodies({ body, errors }: Again): Json[] {
  const broken = rules(errors(body));
  const size = JSON.stringify(body).length;
  const tried = pointersIn(body).flatMap((pointer) => {
    const value = getAt(body, pointer);
    const plainer = value === undefined ? [] : plain(value).map((simple) => replaceAt(body, pointer, simple));
    return [without(body, pointer), ...plainer];
  });
  return tried.filter(
    (smaller) => JSON.stringify(smaller).length < size && rules(errors(smaller)) === broken,
  );
}

function rules(errors: ReturnType<Again["errors"]>): string {
  return [...new Set(errors.map(({ place }) => place))].toSorted().join();
}

function plain(value: Json): Json[] {
  if (typeof value === "string") return ["", value.slice(0, Math.ceil(value.length / 2))];
  if (typeof value === "number") return [0, 1];
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? [[]] : [{}];
  return [];
}

function sizeOf({ exchanges }: BrokenPromise): number {
  return String(exchanges.at(-1)?.request.body ?? "").length;
}
