import { isObject, type Json, leadToSchema } from "@dots-payouts/openapi";
import { isWord, withoutWords } from "../change/words.ts";
import { kindsOf } from "../proof/facts.ts";
import { propertyOf } from "../proof/names.ts";
import { child, children, facetsOf, listAt, mapAt, type Part, type Parts, valueAt } from "../proof/part.ts";
import { isDefault, signatureOf, sorted } from "../proof/signature.ts";

/** What schemas together say about a value, however they are split: references are followed and `allOf` is merged. */
export interface Shape {
  readonly facets: readonly Part[];
  /** `number` includes `integer`, so that a subset of the types is a subset of the values. Absent for any. */
  readonly types: ReadonlySet<string> | undefined;
  /** JSON of the values. Absent for any. */
  readonly values: ReadonlySet<string> | undefined;
  readonly required: ReadonlySet<string>;
  readonly properties: ReadonlyMap<string, Parts>;
  readonly items: Parts;
  /** The schema of undeclared properties; absent if anything is allowed. */
  readonly additional: Parts;
  /** The `anyOf` and `oneOf` that are not lists of values. */
  readonly choices: readonly Choice[];
  readonly conditions: readonly Condition[];
  /** All other keywords, each with its values by signature. */
  readonly keywords: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export interface Choice {
  readonly keyword: string;
  readonly branches: readonly Part[];
}

/** An `if` with `then` and `else`. */
export interface Condition {
  /** A readable name. */
  readonly name: string;
  /** The signature of its `if`. */
  readonly when: string;
  readonly fitting: Parts;
  readonly others: Parts;
}

const STRUCTURE = new Set([
  "$ref",
  "$defs",
  "definitions",
  "allOf",
  "anyOf",
  "oneOf",
  "type",
  "enum",
  "const",
  "required",
  "properties",
  "items",
  "additionalProperties",
  "if",
  "then",
  "else",
]);

export function shapeOf(parts: Parts): Shape {
  const facets = facetsOf(parts);
  const names = new Set(facets.flatMap((facet) => Object.keys(mapAt(facet, "properties"))));
  const choices = facets.flatMap((facet) =>
    ["anyOf", "oneOf"]
      .map((keyword): Choice => ({ keyword, branches: children(facet, keyword) }))
      .filter(({ branches }) => branches.length > 0),
  );
  const keywords = new Map<string, Map<string, string>>();
  for (const facet of facets) {
    for (const [key, value] of Object.entries(isObject(facet.node) ? facet.node : {})) {
      if (STRUCTURE.has(key) || isWord(key) || isDefault(key, value)) continue;
      keywords.set(key, (keywords.get(key) ?? new Map()).set(...said(facet, key, value)));
    }
  }
  const below = (key: string): Parts =>
    facets.filter((facet) => valueAt(facet, key) !== undefined).map((facet) => child(facet, key));
  return {
    facets,
    types: typesOf(facets),
    values: intersection([...facets.map(listed), ...choices.map(listedByChoice)]),
    required: new Set(facets.flatMap((facet) => listAt(facet, "required").map(String))),
    properties: new Map([...names].map((name) => [name, propertyOf(facets, name)])),
    items: below("items"),
    additional: below("additionalProperties"),
    choices: choices.filter((choice) => listedByChoice(choice) === undefined),
    conditions: facets.filter((facet) => valueAt(facet, "if") !== undefined).map(conditionOf),
    keywords,
  };
}

/** The value of a keyword: its signature, and a readable text. */
function said(facet: Part, key: string, value: Json): [string, string] {
  const text = JSON.stringify(sorted(withoutWords(key, value)));
  if (!leadToSchema([key]) && !leadToSchema([key, ""])) return [text, text];
  return [signatureOf({ ...facet, node: { [key]: value }, pointer: `${facet.pointer}?${key}` }), text];
}

function typesOf(facets: readonly Part[]): Set<string> | undefined {
  return intersection(
    facets.map((facet) => {
      if (facet.node !== false && valueAt(facet, "type") === undefined) return undefined;
      const kinds = kindsOf(facet);
      return new Set([...kinds].map((kind) => (kind === "fraction" ? "number" : kind)));
    }),
  );
}

function listed(facet: Part): Set<string> | undefined {
  const constant = valueAt(facet, "const");
  const values = valueAt(facet, "enum");
  return intersection([
    constant === undefined ? undefined : new Set([json(constant)]),
    Array.isArray(values) ? new Set(values.map(json)) : undefined,
  ]);
}

/** The values that the branches list, if each does nothing else. */
function listedByChoice({ branches }: Choice): Set<string> | undefined {
  const lists = branches.map((branch) => {
    const keys = Object.keys(isObject(branch.node) ? branch.node : {}).filter((key) => !isWord(key));
    return keys.length === 1 ? listed(branch) : undefined;
  });
  const values = lists.flatMap((list) => [...(list ?? [])]);
  return lists.includes(undefined) || new Set(values).size < values.length ? undefined : new Set(values);
}

function conditionOf(facet: Part): Condition {
  const below = (key: string): Parts => (valueAt(facet, key) === undefined ? [] : [child(facet, key)]);
  const name = valueAt(facet, "title") ?? valueAt(facet, "description") ?? "no name";
  return {
    name: String(name).trim().replace(/\.$/, ""),
    when: signatureOf(child(facet, "if")),
    fitting: below("then"),
    others: below("else"),
  };
}

function intersection(sets: readonly (Set<string> | undefined)[]): Set<string> | undefined {
  const [first, ...others] = sets.filter((set) => set !== undefined);
  if (first === undefined) return undefined;
  return new Set([...first].filter((value) => others.every((other) => other.has(value))));
}

function json(value: Json): string {
  return JSON.stringify(sorted(value));
}
