import type { Facts } from "./facts.ts";
import { mention, possibleFacets } from "./names.ts";
import { child, isSamePart, listAt, numberAt, type Part, type Parts, valueAt } from "./part.ts";
import type { Prover } from "./prover.ts";
import { signatureOf } from "./signature.ts";

/** Whether an array keyword holds for every array that matches the schemas; `undefined` for other keywords. */
export function holdsForArrays(
  key: string,
  target: Part,
  { facets, facts }: { facets: readonly Part[]; facts: Facts },
  prover: Prover,
): boolean | undefined {
  const most = mostItems(facets, facts, prover);
  switch (key) {
    case "minItems":
      return facts.items.least >= (numberAt(target, key) ?? 0);
    case "maxItems":
      return most <= (numberAt(target, key) ?? Number.POSITIVE_INFINITY);
    case "uniqueItems":
      return valueAt(target, key) !== true || facts.unique || most <= 1;
    case "prefixItems":
      return listAt(target, key).every(
        (_, index) => most <= index || prover.isWithin(itemAt(facets, index), [child(target, key, index)]),
      );
    case "items": {
      const from = listAt(target, "prefixItems").length;
      // The first item without its own schema represents all further ones.
      const places = Array.from(
        { length: Math.max(0, listed(facets) - from) + 1 },
        (_, index) => from + index,
      );
      return places.every(
        (index) => most <= index || prover.isWithin(itemAt(facets, index), [child(target, key)]),
      );
    }
    case "contains":
      return containsAsMany(facets, target);
    case "minContains":
    case "maxContains":
      // `contains` covers them.
      return true;
    default:
      return undefined;
  }
}

/** The schemas of the item at an index, including those of other branches. */
function itemAt(facets: readonly Part[], index: number): Parts {
  const elsewhere = possibleFacets(facets).filter((facet) => !facets.some((one) => isSamePart(one, facet)));
  const contained = facets
    .filter((facet) => valueAt(facet, "contains") !== undefined)
    .map((facet) => child(facet, "contains"));
  const others = [...elsewhere.flatMap((facet) => itemOf(facet, index)), ...contained];
  return [...facets.flatMap((facet) => itemOf(facet, index)), ...others.map(mention)];
}

function itemOf(facet: Part, index: number): Part[] {
  if (index < listAt(facet, "prefixItems").length) return [child(facet, "prefixItems", index)];
  return valueAt(facet, "items") === undefined ? [] : [child(facet, "items")];
}

function listed(facets: readonly Part[]): number {
  return Math.max(0, ...facets.map((facet) => listAt(facet, "prefixItems").length));
}

/** How many items an array can have: those before the first item that no value matches. */
export function mostItems(facets: readonly Part[], facts: Facts, prover: Prover): number {
  for (let index = 0; index <= listed(facets) && index < facts.items.most; index++) {
    const item = itemAt(facets, index);
    if (item.length > 0 && prover.isEmpty(item)) return index;
  }
  return facts.items.most;
}

function containsAsMany(facets: readonly Part[], target: Part): boolean {
  const wanted = signatureOf(child(target, "contains"));
  const least = numberAt(target, "minContains") ?? 1;
  const most = numberAt(target, "maxContains") ?? Number.POSITIVE_INFINITY;
  if (least === 0 && most === Number.POSITIVE_INFINITY) return true;
  return facets.some(
    (facet) =>
      valueAt(facet, "contains") !== undefined &&
      signatureOf(child(facet, "contains")) === wanted &&
      (numberAt(facet, "minContains") ?? 1) >= least &&
      (numberAt(facet, "maxContains") ?? Number.POSITIVE_INFINITY) <= most,
  );
}
