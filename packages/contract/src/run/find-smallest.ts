import { getAt, isObject, type Json } from "@dots-payouts/openapi";
import type { Again, BrokenPromise } from "../expectations/broken-promise.ts";
import { isAnswer, parseJson } from "../http/request.ts";
import { pointersIn, replaceAt, without } from "../values/fields.ts";
import type { FoundCause } from "./causes.ts";

/** The most requests per search, and the most searches per run. */
const REQUESTS = 40;
const SEARCHES = 12;

/** For each cause, finds a smallest request that shows it. */
export async function findSmallestOfEach(causes: readonly FoundCause[]): Promise<FoundCause[]> {
  const found: FoundCause[] = [];
  for (const [index, cause] of causes.entries()) {
    const [first, ...others] = cause.symptoms;
    const broken = index < SEARCHES ? await findSmallest(first.broken) : first.broken;
    found.push({ ...cause, symptoms: [{ ...first, broken }, ...others] });
  }
  return joinAlike(found);
}

/** Causes that reduce to the same request and answer are one. */
function joinAlike(causes: readonly FoundCause[]): FoundCause[] {
  return [...Map.groupBy(causes, idOf).values()].flatMap(([cause, ...alike]) => {
    if (cause === undefined) return [];
    const [first, ...others] = cause.symptoms;
    return [{ ...cause, symptoms: [first, ...others, ...alike.flatMap(({ symptoms }) => symptoms)] }];
  });
}

function idOf({ cause, symptoms: [{ broken }] }: FoundCause): string {
  const { request, outcome } = broken.exchanges.at(-1) ?? {};
  const body = typeof request?.body === "string" ? parseJson(request.body) : undefined;
  if (broken.again === undefined || body === undefined || outcome === undefined || !isAnswer(outcome))
    return cause;
  return `${request?.method} ${request?.path} ${inOrder(body)} ${outcome.status}`;
}

/** A JSON text that is the same for equal values. */
function inOrder(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(inOrder).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([name, child]) => `${JSON.stringify(name)}:${inOrder(child)}`).join()}}`;
}

/** The same cause, with the smallest body that a short search finds. */
export async function findSmallest(broken: BrokenPromise): Promise<BrokenPromise> {
  let best = broken;
  let budget = REQUESTS;
  // Waiting repeatedly for a server that does not answer would take too long.
  const { outcome } = broken.exchanges.at(-1) ?? {};
  if (outcome === undefined || !isAnswer(outcome)) return broken;
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

/** Smaller bodies that are equally valid or invalid: without a part, or with a plainer value. */
function smallerBodies({ body, errors }: Again): Json[] {
  const broken = rulesOf(errors(body));
  const size = JSON.stringify(body).length;
  const tried = pointersIn(body).flatMap((pointer) => {
    const value = getAt(body, pointer);
    const plainer = value === undefined ? [] : plain(value).map((simple) => replaceAt(body, pointer, simple));
    return [without(body, pointer), ...plainer];
  });
  return tried.filter(
    (smaller) => JSON.stringify(smaller).length < size && rulesOf(errors(smaller)) === broken,
  );
}

function rulesOf(errors: ReturnType<Again["errors"]>): string {
  return [...new Set(errors.map(({ place }) => place))].toSorted().join();
}

function plain(value: Json): Json[] {
  if (typeof value === "string") return ["", value.slice(0, Math.ceil(value.length / 2))];
  if (typeof value === "number") return [0, 1];
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? [[]] : [{}];
  return [];
}
