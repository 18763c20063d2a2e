import { type BrokenPromise, SEVERITIES, type Severity, worse } from "../expectations/broken-promise.ts";
import type { Result } from "./result.ts";

/** This many causes of one kind are reported as one: a server that lacks a feature has one fault, not sixty. */
const MANY = 5;

/** The share of checks of a kind that fail if a server lacks the feature: the others pass by chance. */
const MOST = 0.6;

/** One problem, with all its symptoms. */
export interface FoundCause {
  readonly severity: Severity;
  readonly cause: string;
  /** Never empty. The first is the shortest. */
  readonly symptoms: readonly [Symptom, ...Symptom[]];
}

interface Symptom {
  readonly result: Result;
  readonly broken: BrokenPromise;
}

/**
 * Joins the symptoms of one cause: first those within an operation, then those of operations with the same cause. The
 * worst come first.
 * @param kind broken promises, or what differs from assumptions
 */
export function joinCauses(results: readonly Result[], kind: "broken" | "differing"): FoundCause[] {
  const symptoms = results.flatMap((result) => result[kind].map((broken) => ({ result, broken })));
  const named = [...Map.groupBy(symptoms, operationOf)].flatMap(([operation, own]) =>
    nameCauses(
      own,
      results.filter((result) => operationOf({ result }) === operation),
    ),
  );
  return [...Map.groupBy(named, ({ cause }) => cause)]
    .flatMap(
      ([cause, same]) =>
        makeCause(
          cause,
          same.flatMap((known) => known.symptoms),
        ) ?? [],
    )
    .toSorted((one, other) => rank(one) - rank(other));
}

function operationOf({ result }: { readonly result: Result }): string {
  return result.check.operation;
}

/** Among money problems, keys come first: they prevent creating the same thing twice. */
function rank({ severity, symptoms: [{ result }] }: FoundCause): number {
  return SEVERITIES.indexOf(severity) * 2 + (result.check.group === "idempotency" ? 0 : 1);
}

function makeCause(cause: string, symptoms: readonly Symptom[]): FoundCause | undefined {
  const severity = symptoms.map(({ broken }) => broken.severity).reduce(worse, "form");
  // The worst determines the severity, and the shortest of these explains it best.
  const [first, ...others] = symptoms.toSorted(
    (one, other) =>
      SEVERITIES.indexOf(one.broken.severity) - SEVERITIES.indexOf(other.broken.severity) ||
      lengthOf(one.broken) - lengthOf(other.broken),
  );
  return first === undefined ? undefined : { severity, cause, symptoms: [first, ...others] };
}

interface Named {
  readonly cause: string;
  readonly symptoms: readonly Symptom[];
}

/** The causes in one operation, with many of one kind joined into one. */
function nameCauses(symptoms: readonly Symptom[], results: readonly Result[]): Named[] {
  return [...Map.groupBy(symptoms, ({ broken }) => broken.broader?.cause)].flatMap(([broader, own]) => {
    const causes = Map.groupBy(own, ({ broken }) => broken.cause);
    if (broader !== undefined && isOne(broader, causes, own, results))
      return [{ cause: broader, symptoms: own }];
    return [...causes].map(([cause, same]) => ({ cause, symptoms: same }));
  });
}

function isOne(
  broader: string,
  causes: ReadonlyMap<string, unknown>,
  symptoms: readonly Symptom[],
  results: readonly Result[],
): boolean {
  // If the plainest request shows it, the others follow from it.
  if (causes.has(broader)) return true;
  if (symptoms.some(({ broken }) => broken.broader?.from === "many")) return causes.size >= MANY;
  const groups = new Set(symptoms.map(({ result }) => result.check.group));
  const alike = results.filter(({ check, unable }) => groups.has(check.group) && unable === undefined);
  const broken = new Set(symptoms.map(({ result }) => result));
  return causes.size >= MANY && broken.size >= alike.length * MOST;
}

/** How much there is to read, in characters. */
function lengthOf({ exchanges }: BrokenPromise): number {
  return exchanges.reduce((sum, { request }) => sum + request.path.length + (request.body?.length ?? 0), 0);
}
