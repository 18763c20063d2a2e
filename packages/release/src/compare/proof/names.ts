import { isObject } from "@dots-payouts/openapi";
import { child, children, facetsOf, isSamePart, made, mapAt, type Part, valueAt } from "./part.ts";

/** Which properties a schema says something of. */
export interface Names {
  readonly names: ReadonlySet<string>;
  readonly patterns: ReadonlySet<string>;
  /** It says something of all others too. */
  readonly all: boolean;
}

/** The properties that the schema says something of for every value. */
export function certainNames(part: Part): Names {
  return namesOf(facetsOf([part]));
}

/** The properties that it says something of for one value or another: those of all its branches. */
export function possibleNames(parts: readonly Part[]): Names {
  return namesOf(possibleFacets(parts));
}

/** All nodes that say something of the value, in one case or another. */
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

/** Whether the object says that it has no other properties than those that it says something of. */
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
 * The same, and what other branches than the one that is looked at say of the property: they decide on no value, and yet
 * on which of its own properties are declared.
 */
export function propertyIn(facets: readonly Part[], name: string): Part[] {
  const elsewhere = possibleFacets(facets).filter((facet) => !facets.some((one) => isSamePart(one, facet)));
  const mentioned = elsewhere
    .filter((facet) => Object.hasOwn(mapAt(facet, "properties"), name))
    .map((facet) => mention(child(facet, "properties", name)));
  return [...propertyOf(facets, name), ...mentioned];
}

/** A keyword that only schemas made for a proof have: schemas that hold in other cases. */
const MENTIONS = "~mentions";

/** A schema that allows everything, and declares what another one does. */
export function mention(part: Part): Part {
  return { document: part.document, node: { [MENTIONS]: [part.node] }, pointer: `${part.pointer}~` };
}

/** The schemas of a property that no name and no pattern of any schema is for. */
export function otherProperties(facets: readonly Part[]): Part[] {
  return facets.flatMap((facet) => [...others(facet), ...unevaluated(facet, undefined)]);
}

/** The properties that an object can have, by each schema that closes it. */
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

/** Whether a name fits a pattern. One that is no regular expression may fit any. */
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
