import { targets } from "@dots-payouts/codegen";
import {
  changeNodes,
  getAt,
  isObject,
  type Json,
  type JsonObject,
  memoize,
  type OpenApiDocument,
} from "@dots-payouts/openapi";
import { ajvOptions, createAjv } from "@dots-payouts/openapi/validation";
import { compiled } from "./compiled.ts";
import { type Change, DIFFERENCES, type Difference } from "./differences.ts";
import type { Pair, RandomDocument } from "./random-document.ts";

/** The verdicts of both judges on a pair. */
export interface Verdict extends Pair {
  readonly compiles: boolean;
  readonly fits: boolean;
  /**
   * Whether the value is valid for the schema as types express it: without what they can't express, and with what
   * they are stricter in.
   */
  readonly fitsWider: boolean;
  readonly fitsNarrower: boolean;
}

export type Direction = "request" | "answer";

const BODIES: Readonly<Record<Direction, string>> = {
  request: '["requestBody"]["content"]["application/json"]',
  answer: '["responses"][200]["content"]["application/json"]',
};

/** The verdicts of the compiler and of Ajv on values as request or response bodies. */
export async function judgeTypes(
  { document, pairs }: RandomDocument,
  direction: Direction,
  differences: readonly Difference[] = DIFFERENCES,
): Promise<Verdict[]> {
  const files = await targets.get("types")?.(document);
  const declared = pairs.map(({ name, value }) => ({
    type: `operations["${name}"]${BODIES[direction]}`,
    value,
  }));
  const compiles = compiled(files?.["schema.ts"] ?? "", declared);
  const always = direction === "answer" ? [openValues] : [];
  const changes = (kind: "wider" | "narrower"): Change[] => [
    ...always,
    ...differences.flatMap((difference) => difference[kind] ?? []),
  ];
  const fits = validator(document, always);
  const fitsWider = validator(document, changes("wider"));
  const fitsNarrower = validator(document, changes("narrower"));
  return pairs.map((pair, index) => ({
    ...pair,
    compiles: compiles[index] ?? false,
    fits: fits(pair),
    fitsWider: fitsWider(pair),
    fitsNarrower: fitsNarrower(pair),
  }));
}

/** In responses, values that are added later match the type too. A single value distinguishes alternatives. */
function openValues(schema: JsonObject): JsonObject {
  const { enum: values, ...rest } = schema;
  if (!Array.isArray(values) || values.length < 2 || values.every((value) => typeof value === "boolean"))
    return schema;
  const types = values.map((value) => (value === null ? "null" : typeof value));
  return { type: [...new Set(types)], ...rest };
}

/** Whether the verdicts are the same, apart from the listed differences. */
export function isAgreed({ compiles, fitsWider, fitsNarrower }: Verdict): boolean {
  return compiles ? fitsWider : !fitsNarrower;
}

/** Whether other schemas describe the same value. A reference without other keywords does not count. */
function isComposed(schema: JsonObject): boolean {
  const isReference = "$ref" in schema && Object.keys(schema).length > 1;
  return isReference || ["allOf", "anyOf", "oneOf"].some((keyword) => keyword in schema);
}

/**
 * The schemas as types express them, in two forms: for values that a schema describes alone, and together with
 * others.
 */
function validator(document: OpenApiDocument, changes: readonly Change[]): (pair: Pair) => boolean {
  const partsOf = (schema: Json, seen: Set<Json> = new Set()): JsonObject[] => {
    if (!isObject(schema) || seen.has(schema)) return [];
    seen.add(schema);
    const branches = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => schema[keyword] ?? []);
    const { $ref: reference } = schema;
    const target =
      typeof reference === "string" ? getAt(document, reference.replace(/^#|!$/g, "")) : undefined;
    return [schema, ...[...branches, target ?? []].flat().flatMap((part) => partsOf(part, seen))];
  };
  const form = (schema: Json, isWholeItself: boolean): Json => {
    const composed = isWholeItself ? [] : [""];
    const wholes = new Map<string, JsonObject>();
    return changeNodes(schema, (node, walk) => {
      const { pointer } = walk;
      if (isComposed(node)) composed.push(pointer);
      const isInPart = composed.some((above) => pointer === above || pointer.startsWith(`${above}/`));
      const isWhole = pointer === "" ? isWholeItself : !/\/(allOf|anyOf|oneOf)\/\d+$/.test(pointer);
      if (isWhole) wholes.set(pointer, node);
      const whole = wholes.get(pointer.replace(/(\/(allOf|anyOf|oneOf)\/\d+)+$/, ""));
      const inside = walk.below(node);
      const isReference = Object.keys(inside).length === 1 && typeof inside["$ref"] === "string";
      const own = isReference && !isInPart ? { $ref: `${inside["$ref"]}!` } : inside;
      return changes.reduce((changed, change) => change(changed, { isWhole, isInPart, whole, partsOf }), own);
    });
  };
  const { components } = document;
  const schemas = isObject(components) && isObject(components["schemas"]) ? components["schemas"] : {};
  const forms = Object.entries(schemas).flatMap(([name, schema]) => [
    [name, form(schema, false)],
    [`${name}!`, form(schema, true)],
  ]);
  const ajv = createAjv({ ...ajvOptions(document), inlineRefs: false, code: { optimize: false } });
  ajv.addSchema({ $id: "spec:all", components: { schemas: Object.fromEntries(forms) } });
  const whole = memoize((name: string) => ajv.compile({ $ref: `spec:all#/components/schemas/${name}!` }));
  return ({ name, value }) => whole(name)(value);
}
