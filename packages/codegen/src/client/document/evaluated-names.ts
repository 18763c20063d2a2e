import {
  formatPointer,
  isObject,
  type Json,
  type JsonObject,
  type Located,
  memoizeByObject,
  type OpenApiDocument,
  referenceHops,
} from "@dots-payouts/openapi";

/** The conditions on an object under which a schema evaluates a property. */
export type Condition =
  | { readonly schema: string; readonly holds: boolean }
  /** It has a property with this name. */
  | { readonly has: string };

/** Alternatives, each of which holds if all of its conditions do. One without conditions always holds. */
export type When = readonly (readonly Condition[])[];

/** The properties that a schema evaluates, itself or in schemas that describe the same value. */
export interface EvaluatedNames {
  readonly names: ReadonlyMap<string, When>;
  readonly patterns: ReadonlyMap<string, When>;
  /** When it evaluates all of them. */
  readonly all: When;
}

/**
 * The properties that `unevaluatedProperties` finds evaluated in a schema (JSON Schema 2020-12, core, §11.3): those
 * of its own keywords, and of its subschemas for the same value if these allow the value. `undefined` if the document
 * does not tell.
 */
export function evaluatedNames(document: OpenApiDocument, place: Located): EvaluatedNames | undefined {
  const { node } = place;
  // Its own `unevaluatedProperties` comes last.
  const { unevaluatedProperties: _, ...rest } = isObject(node) ? node : {};
  return gather(document, { node: rest, pointer: place.pointer });
}

function gather(document: OpenApiDocument, place: Located): EvaluatedNames | undefined {
  const { node, pointer } = place;
  if (!isObject(node)) return NONE;
  if ("$dynamicRef" in node || "$recursiveRef" in node) return undefined;
  const inside = (at: string, child: Json, ...conditions: Condition[]): EvaluatedNames | undefined => {
    const found = gather(document, { node: child, pointer: `${pointer}${at}` });
    return found === undefined ? undefined : given(found, conditions);
  };
  const parts: (EvaluatedNames | undefined)[] = [own(node)];
  const target = referenceHops(document, place)[1];
  if (target !== undefined) parts.push(namesAt(document)(target));
  for (const [index, branch] of list(node["allOf"]).entries()) parts.push(inside(`/allOf/${index}`, branch));
  for (const keyword of ["anyOf", "oneOf"]) {
    for (const [index, branch] of list(node[keyword]).entries()) {
      const at = `/${keyword}/${index}`;
      parts.push(inside(at, branch, { schema: pointer + at, holds: true }));
    }
  }
  const { if: condition, then: consequence, else: alternative, dependentSchemas } = node;
  if (condition !== undefined) {
    const asked = { schema: `${pointer}/if`, holds: true };
    parts.push(inside("/if", condition, asked));
    if (consequence !== undefined) parts.push(inside("/then", consequence, asked));
    if (alternative !== undefined) parts.push(inside("/else", alternative, { ...asked, holds: false }));
  }
  for (const [name, schema] of Object.entries(isObject(dependentSchemas) ? dependentSchemas : {})) {
    parts.push(inside(`/dependentSchemas${formatPointer([name])}`, schema, { has: name }));
  }
  const all = parts.reduce((one, other) => (one && other ? joined(one, other) : undefined), NONE);
  return all !== undefined && sizeOf(all) <= MOST ? all : undefined;
}

/** The most alternatives to consider. Nested choices multiply them. */
const MOST = 100;

function sizeOf({ names, patterns, all }: EvaluatedNames): number {
  return [...names.values(), ...patterns.values(), all].reduce((sum, when) => sum + when.length, 0);
}

/** The same for schemas that others refer to. A circular one would never end. */
const namesAt = memoizeByObject((document: OpenApiDocument) => {
  const known = new Map<string, EvaluatedNames | undefined>();
  return (place: Located): EvaluatedNames | undefined => {
    const { pointer } = place;
    if (!known.has(pointer)) known.set(pointer, undefined).set(pointer, gather(document, place));
    return known.get(pointer);
  };
});

const NONE: EvaluatedNames = { names: new Map(), patterns: new Map(), all: [] };
const ALWAYS: When = [[]];

function own(node: JsonObject): EvaluatedNames {
  const { properties, patternProperties, additionalProperties, unevaluatedProperties } = node;
  const always = (map: Json | undefined): Map<string, When> =>
    new Map(Object.keys(isObject(map) ? map : {}).map((name) => [name, ALWAYS]));
  return {
    names: always(properties),
    patterns: always(patternProperties),
    all: additionalProperties === undefined && unevaluatedProperties === undefined ? [] : ALWAYS,
  };
}

function joined(one: EvaluatedNames, other: EvaluatedNames): EvaluatedNames {
  const merge = (a: ReadonlyMap<string, When>, b: ReadonlyMap<string, When>): Map<string, When> =>
    new Map([...a.keys(), ...b.keys()].map((name) => [name, either(a.get(name) ?? [], b.get(name) ?? [])]));
  return {
    names: merge(one.names, other.names),
    patterns: merge(one.patterns, other.patterns),
    all: either(one.all, other.all),
  };
}

function either(one: When, other: When): When {
  const all = [...one, ...other];
  return all.some((conditions) => conditions.length === 0) ? ALWAYS : all;
}

/** What is evaluated only if these conditions hold too. */
function given(found: EvaluatedNames, conditions: readonly Condition[]): EvaluatedNames {
  if (conditions.length === 0) return found;
  const also = (when: When): When => when.map((others) => [...conditions, ...others]);
  const each = (map: ReadonlyMap<string, When>): Map<string, When> =>
    new Map([...map].map(([name, when]) => [name, also(when)]));
  return { names: each(found.names), patterns: each(found.patterns), all: also(found.all) };
}

function list(node: Json | undefined): readonly Json[] {
  return Array.isArray(node) ? node : [];
}
