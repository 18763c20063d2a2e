import { isObject } from "@dots-payouts/openapi";
import { child, children, facetsOf, isSamePart, made, mapAt, type Part, valueAt } from "./part.ts";

/** The properties that a schema describes. */
export interface Names {
  readonly names: ReadonlySet<string>;
  readonly patterns: ReadonlySet<string>;
  /** Whether it describes all others too. */
  readonly all: boolean;
}

/** The properties that the schema describes for every value. */
export function certainNames(part: Part): Names {
  return namesOf(facetsOf([part]));
}

/** The properties that it describes for some value: those of all its branches. */
export function possibleNames(parts: readonly Part[]): Names {
  return namesOf(possibleFacets(parts));
}

/** All nodes that describe the value in some case. */
export function possibleFacets(parts: readonly Part[]): Part[] {
  const found: Part[] = [];
  const visit = (part: Part): void => {
    for (const facet of facetsOf([part])) {
      if (found.some((one) => isSamePart(one, facet))) continue;
      found.push(facet);
      for (const key of ["anyOf", "oneOf", MENTIONS])
        for (const branch of children(facet, key)) visit(branch);
      for (const key of ["if", "then", "else", "not"])
        if (valueAt(facet, key) !== undefined) visit(child(facet, key));
      for (const name of Object.keys(mapAt(facet, "dependentSchemas")))
        visit(child(facet, "dependentSchemas", name));
    }
  };
  for (const part of parts) visit(part);
  return found;
}

function namesOf(facets: readonly Part[]): Names {
  const below = (key: string): Set<string> =>
    new Set(facets.flatMap((facet) => Object.keys(mapAt(facet, key))));
  const all = facets.some((facet) => {
    const others = valueAt(facet, "additionalProperties");
    return others !== undefined && others !== false;
  });
  return { names: below("properties"), patterns: below("patternProperties"), all };
}

/** Whether the object only allows the properties that it describes. */
function isClosed(facet: Part): boolean {
  return (
    valueAt(facet, "additionalProperties") === false || valueAt(facet, "unevaluatedProperties") === false
  );
}

/** The schemas of the property with this name. */
export function propertyOf(facets: readonly Part[], name: string): Part[] {
  return facets.flatMap((facet) => {
    const own = Object.hasOwn(mapAt(facet, "properties"), name) ? [child(facet, "properties", name)] : [];
    const patterns = Object.keys(mapAt(facet, "patternProperties")).filter((pattern) =>
      matches(pattern, name),
    );
    const found = [...own, ...patterns.map((pattern) => child(facet, "patternProperties", pattern))];
    return found.length > 0 ? found : [...others(facet), ...unevaluated(facet, name)];
  });
}

/**
 * The same, including what other branches say about the property: they don't decide about values, but about which of
 * its properties are declared.
 */
export function propertyIn(facets: readonly Part[], name: string): Part[] {
  const elsewhere = possibleFacets(facets).filter((facet) => !facets.some((one) => isSamePart(one, facet)));
  const mentioned = elsewhere
    .filter((facet) => Object.hasOwn(mapAt(facet, "properties"), name))
    .map((facet) => mention(child(facet, "properties", name)));
  return [...propertyOf(facets, name), ...mentioned];
}

/** A keyword for schemas made for a proof: schemas that apply in other cases. */
const MENTIONS = "~mentions";

/** A schema that allows everything, but declares what another one does. */
export function mention(part: Part): Part {
  return { document: part.document, node: { [MENTIONS]: [part.node] }, pointer: `${part.pointer}~` };
}

/** The schemas of a property that matches no name or pattern of any schema. */
export function otherProperties(facets: readonly Part[]): Part[] {
  return facets.flatMap((facet) => [...others(facet), ...unevaluated(facet, undefined)]);
}

/** The properties that an object can have, for each schema that closes it. */
export function closedNames(facets: readonly Part[]): Names[] {
  return facets.filter(isClosed).map((facet) => {
    return valueAt(facet, "additionalProperties") === false ? namesOf([facet]) : possibleNames([facet]);
  });
}

function others(facet: Part): Part[] {
  return valueAt(facet, "additionalProperties") === undefined ? [] : [child(facet, "additionalProperties")];
}

function unevaluated(facet: Part, name: string | undefined): Part[] {
  if (valueAt(facet, "unevaluatedProperties") !== false) return [];
  const { names, patterns, all } = possibleNames([facet]);
  if (all || (name !== undefined && names.has(name))) return [];
  if (name === undefined ? patterns.size > 0 : [...patterns].some((pattern) => matches(pattern, name)))
    return [];
  return [made(false)];
}

/** Whether a name matches a pattern. An invalid regular expression may match anything. */
export function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern, "u").test(name);
  } catch {
    return true;
  }
}

/** Whether a schema allows everything. */
export function allowsAll({ node }: Part): boolean {
  return node === true || (isObject(node) && Object.keys(node).every((key) => key === MENTIONS));
}
