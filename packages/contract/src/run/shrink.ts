import { getAt, type Json } from "@dots-payouts/openapi";
import type { Again, Violation } from "../check.ts";
import { isAnswer } from "../http/request.ts";
import { pointersIn, replaceAt, without } from "../values/fields.ts";
import type { Result } from "./run-checks.ts";

/** Requests that the search for one smallest request may take, and searches that one run may take. */
const REQUESTS = 40;
const SEARCHES = 12;

/** Finds, for each cause, a smallest request that shows it. The first result with a cause carries it. */
export async function shrinkCauses(results: readonly Result[]): Promise<Result[]> {
  const best = new Map<string, Violation>();
  for (const { check, violations } of results) {
    for (const violation of violations) {
      const id = `${check.operation} ${violation.kind}`;
      const known = best.get(id);
      if (known === undefined || sizeOf(violation) < sizeOf(known)) best.set(id, violation);
    }
  }
  const smaller = new Map<Violation, Violation>();
  for (const violation of [...best.values()].slice(0, SEARCHES)) {
    smaller.set(violation, await shrink(violation));
  }
  return results.map((result) => ({
    ...result,
    violations: result.violations.map((violation) => smaller.get(violation) ?? violation),
  }));
}

/** A violation of the same cause with a body as small as a short search finds. */
export async function shrink(violation: Violation): Promise<Violation> {
  let best = violation;
  let budget = REQUESTS;
  // To wait for a server that does not answer, again and again, would take too long.
  const { outcome } = violation.exchanges.at(-1) ?? {};
  if (outcome === undefined || !isAnswer(outcome)) return violation;
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
function smallerBodies({ body, faults }: Again): Json[] {
  const broken = rules(faults(body));
  const size = JSON.stringify(body).length;
  const tried = pointersIn(body).flatMap((pointer) => {
    const value = getAt(body, pointer);
    const plainer = value === undefined ? [] : plain(value).map((simple) => replaceAt(body, pointer, simple));
    return [without(body, pointer), ...plainer];
  });
  return tried.filter(
    (smaller) => JSON.stringify(smaller).length < size && rules(faults(smaller)) === broken,
  );
}

function rules(faults: ReturnType<Again["faults"]>): string {
  return [...new Set(faults.map(({ place }) => place))].toSorted().join();
}

function plain(value: Json): Json[] {
  if (typeof value === "string") return ["", value.slice(0, Math.ceil(value.length / 2))];
  if (typeof value === "number") return [0, 1];
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? [[]] : [{}];
  return [];
}

function sizeOf({ exchanges }: Violation): number {
  return String(exchanges.at(-1)?.request.body ?? "").length;
}
