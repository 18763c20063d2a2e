import { isObject, type Json } from "@dots-payouts/openapi";
import { listAt, mapAt, numberAt, type Part, valueAt } from "./part.ts";
import { sorted } from "./signature.ts";

/** Disjoint kinds of values: numbers are either whole or not. */
export type Kind = "null" | "boolean" | "object" | "array" | "string" | "integer" | "fraction";

const KINDS: readonly Kind[] = ["null", "boolean", "object", "array", "string", "integer", "fraction"];

/** A keyword for schemas made for a proof: the values are of this kind. */
export const KIND = "~kind";

interface Range {
  readonly least: number;
  readonly most: number;
}

/** What schemas together say about a value, without their subschemas. */
export interface Facts {
  readonly kinds: ReadonlySet<Kind>;
  /** The only values, if they are listed. Each is also of one of the kinds. */
  readonly values: readonly Json[] | undefined;
  readonly number: Range & { readonly aboveLeast: boolean; readonly belowMost: boolean };
  readonly multiples: readonly number[];
  readonly length: Range;
  readonly items: Range;
  readonly properties: Range;
  readonly patterns: ReadonlySet<string>;
  readonly formats: ReadonlySet<string>;
  readonly unique: boolean;
  readonly required: ReadonlySet<string>;
}

export function factsOf(facets: readonly Part[]): Facts {
  const multiples = numbers(facets, "multipleOf");
  const listed = valuesOf(facets);
  let kinds = new Set<Kind>(KINDS);
  for (const facet of facets) {
    if (!saysKind(facet)) continue;
    const own = kindsOf(facet);
    for (const kind of KINDS) if (!own.has(kind)) kinds.delete(kind);
  }
  if (multiples.some(Number.isInteger)) kinds.delete("fraction");
  const values = (listed ?? finiteValues(kinds))?.filter((value) => kinds.has(kindOf(value)));
  if (values !== undefined) kinds = new Set(values.map(kindOf));
  const required = requiredOf(facets);
  return {
    kinds,
    values,
    number: numberRange(facets, kinds),
    multiples,
    length: range(facets, "Length"),
    items: range(facets, "Items"),
    properties: raise(range(facets, "Properties"), required.size),
    patterns: texts(facets, "pattern"),
    formats: texts(facets, "format"),
    unique: facets.some((facet) => valueAt(facet, "uniqueItems") === true),
    required,
  };
}

function saysKind(facet: Part): boolean {
  return facet.node === false || valueAt(facet, "type") !== undefined || valueAt(facet, KIND) !== undefined;
}

export function kindsOf(facet: Part): ReadonlySet<Kind> {
  if (facet.node === false) return new Set();
  const kind = KINDS.find((one) => one === valueAt(facet, KIND));
  if (kind !== undefined) return new Set([kind]);
  const type = valueAt(facet, "type");
  if (type === undefined) return new Set(KINDS);
  const names = [type].flat();
  return new Set(
    KINDS.filter((one) =>
      one === "fraction" || one === "integer"
        ? names.includes("number") || names.includes(one)
        : names.includes(one),
    ),
  );
}

function kindOf(value: Json): Kind {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "fraction";
  if (isObject(value)) return "object";
  return typeof value === "boolean" ? "boolean" : "string";
}

/** Every value of these kinds, if there are only a few. */
function finiteValues(kinds: ReadonlySet<Kind>): Json[] | undefined {
  if ([...kinds].some((kind) => kind !== "null" && kind !== "boolean")) return undefined;
  return [null, true, false];
}

/** The values that all `enum` and `const` list. */
function valuesOf(facets: readonly Part[]): Json[] | undefined {
  let values: Map<string, Json> | undefined;
  for (const facet of facets) {
    const constant = valueAt(facet, "const");
    const lists = [valueAt(facet, "enum"), constant === undefined ? undefined : [constant]];
    for (const list of lists.filter((one) => Array.isArray(one))) {
      const these = new Map(list.map((value) => [JSON.stringify(sorted(value)), value]));
      values = values === undefined ? these : new Map([...values].filter(([text]) => these.has(text)));
    }
  }
  return values === undefined ? undefined : [...values.values()];
}

function requiredOf(facets: readonly Part[]): Set<string> {
  const required = new Set(facets.flatMap((facet) => listAt(facet, "required").map(String)));
  // An added name may require others; iterating over a set includes those added meanwhile.
  for (const name of required) {
    for (const facet of facets) {
      const names = mapAt(facet, "dependentRequired")[name];
      for (const further of Array.isArray(names) ? names : []) required.add(String(further));
    }
  }
  return required;
}

function numberRange(facets: readonly Part[], kinds: ReadonlySet<Kind>): Facts["number"] {
  let least = Math.max(Number.NEGATIVE_INFINITY, ...numbers(facets, "minimum"));
  let most = Math.min(Number.POSITIVE_INFINITY, ...numbers(facets, "maximum"));
  const above = Math.max(Number.NEGATIVE_INFINITY, ...numbers(facets, "exclusiveMinimum"));
  const below = Math.min(Number.POSITIVE_INFINITY, ...numbers(facets, "exclusiveMaximum"));
  if (!kinds.has("fraction")) {
    // Whole numbers have a first and a last one.
    least = Math.max(Math.ceil(least), Math.floor(above) + 1);
    most = Math.min(Math.floor(most), Math.ceil(below) - 1);
    return { least, most, aboveLeast: false, belowMost: false };
  }
  return {
    least: Math.max(least, above),
    most: Math.min(most, below),
    aboveLeast: above >= least && above > Number.NEGATIVE_INFINITY,
    belowMost: below <= most && below < Number.POSITIVE_INFINITY,
  };
}

function range(facets: readonly Part[], of: "Length" | "Items" | "Properties"): Range {
  return {
    least: Math.ceil(Math.max(0, ...numbers(facets, `min${of}`))),
    most: Math.floor(Math.min(Number.POSITIVE_INFINITY, ...numbers(facets, `max${of}`))),
  };
}

function raise({ least, most }: Range, to: number): Range {
  return { least: Math.max(least, to), most };
}

function numbers(facets: readonly Part[], key: string): number[] {
  return facets.map((facet) => numberAt(facet, key)).filter((value) => value !== undefined);
}

function texts(facets: readonly Part[], key: string): Set<string> {
  return new Set(facets.map((facet) => valueAt(facet, key)).filter((value) => typeof value === "string"));
}
