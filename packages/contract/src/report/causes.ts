import type { Cause, CheckReport, Detail } from "./model.ts";

/** From how many causes of one kind on they are one: a server that checks nothing has one fault, not sixty. */
const MANY = 5;

interface Symptom {
  readonly check: CheckReport;
  readonly detail: Detail;
}

/** Joins the symptoms of one cause: first those of an operation, then operations that have the same one. */
export function joinCauses(checks: readonly CheckReport[]): Cause[] {
  const symptoms = checks.flatMap((check) => (check.detail ?? []).map((detail) => ({ check, detail })));
  const named = [...Map.groupBy(symptoms, ({ check }) => check.operation).values()].flatMap(nameCauses);
  return [...Map.groupBy(named, ({ cause }) => cause).entries()].flatMap(([cause, same]) => {
    const all = same.flatMap((known) => known.symptoms);
    const [detail] = all
      .map((symptom) => symptom.detail)
      .toSorted((one, other) => lengthOf(one) - lengthOf(other));
    const broken = [...new Set(all.map(({ check }) => check))];
    if (detail === undefined) return [];
    return [
      {
        operations: [...new Set(broken.map(({ operation }) => operation))],
        cause,
        checks: broken.map(({ id }) => id),
        promises: [...new Set(broken.map(({ title }) => title))],
        detail,
      },
    ];
  });
}

/** The causes in one operation, where many of one kind are one. */
function nameCauses(symptoms: readonly Symptom[]): { cause: string; symptoms: readonly Symptom[] }[] {
  return [...Map.groupBy(symptoms, ({ detail }) => detail.kind).entries()].flatMap(([kind, own]) => {
    const causes = Map.groupBy(own, ({ detail }) => detail.cause);
    // Where the kind says all, as for the smallest request of all, the others follow from it.
    if (causes.size >= MANY || causes.has(kind)) return [{ cause: kind, symptoms: own }];
    return [...causes].map(([cause, same]) => ({ cause, symptoms: same }));
  });
}

function lengthOf({ exchanges }: Detail): number {
  return exchanges.reduce((sum, { request }) => sum + request.length, 0);
}
