import {
  getAt,
  isObject,
  type Json,
  type JsonObject,
  listProperties,
  memoize,
  memoizeByObject,
  type OpenApiDocument,
  type Property,
  referenceHops,
  type SchemaPart,
  schemaParts,
} from "@dots-payouts/openapi";
import { assumptionsOf } from "./assumptions.ts";
import { requiredNames } from "./required-names.ts";

/** A field of a request or response, as pages describe it. */
export interface Field {
  readonly name: string;
  /** `integer`, `string (uuid) or null`, `array of string`, … */
  readonly type: string;
  readonly required: boolean;
  readonly description: string | undefined;
  /** The allowed values, if they are enumerated. */
  readonly values: readonly Json[];
  readonly default: Json | undefined;
  /** Bounds and patterns, in a few words each. */
  readonly limits: readonly string[];
  /** What is assumed about it. */
  readonly assumptions: readonly string[];
  readonly fields: readonly Field[];
}

/** How often the fields of one schema are listed: the lists of schemas that refer to each other would never end. */
const OFTEN = 3;

/** The schemas whose fields are listed. */
interface Listed {
  /** The schemas that contain the current one. */
  readonly above: readonly string[];
  /** How often each was listed so far. */
  readonly times: Map<string, number>;
}

/**
 * The fields of the object that the schema at `pointer` describes. Nested objects contain their own fields, but a schema
 * inside itself does not repeat them.
 */
export function describeFields(document: OpenApiDocument, pointer: string): readonly Field[] {
  return fieldsOf(document)(pointer);
}

/** The page of each operation that takes or returns a schema lists its fields, and so does the console. */
const fieldsOf = memoizeByObject((document: OpenApiDocument) =>
  memoize((pointer: string): readonly Field[] =>
    fieldsAt(document, pointer, { above: [], times: new Map() }),
  ),
);

function fieldsAt(document: OpenApiDocument, pointer: string, { above, times }: Listed): Field[] {
  const target = targetOf(document, pointer);
  const before = times.get(target) ?? 0;
  if (above.includes(target) || before >= OFTEN) return [];
  times.set(target, before + 1);
  const required = requiredNames(document, pointer);
  return listProperties(document, pointer).map((property) => {
    const field = describeField(document, property, { above: [...above, target], times });
    return required.has(property.name) ? { ...field, required: true } : field;
  });
}

/** The place that a reference at `pointer` leads to; `pointer` if there is no reference. */
function targetOf(document: OpenApiDocument, pointer: string): string {
  const node = getAt(document, pointer);
  return node === undefined
    ? pointer
    : (referenceHops(document, { node, pointer }).at(-1)?.pointer ?? pointer);
}

function describeField(document: OpenApiDocument, property: Property, listed: Listed): Field {
  const { name, required } = property;
  const places = property.schemas.map(({ pointer }) => pointer);
  return { name, required, ...describeValue(document, places, listed) };
}

/** What the schema at `pointer` says about its value. */
export function describeSchema(document: OpenApiDocument, pointer: string): Omit<Field, "name" | "required"> {
  return describeValue(document, [pointer], { above: [], times: new Map() });
}

function describeValue(
  document: OpenApiDocument,
  places: readonly string[],
  listed: Listed,
): Omit<Field, "name" | "required"> {
  const parts = places.flatMap((place) => schemaParts(document, place));
  const items = parts.flatMap(({ node, pointer }) => (isObject(node["items"]) ? [`${pointer}/items`] : []));
  const described = [...parts, ...items.flatMap((place) => schemaParts(document, place))];
  const nested = new Map<string, Field>();
  const holders = described.some(({ node }) => isObject(node["properties"])) ? [...places, ...items] : [];
  for (const place of holders) {
    for (const field of fieldsAt(document, place, listed)) {
      if (!nested.has(field.name)) nested.set(field.name, field);
    }
  }
  return {
    type: typeOf(document, parts, items[0]),
    description: firstText(parts, "description"),
    values: [...new Set(described.flatMap(({ node }) => listedIn(node)))],
    default: parts.map(({ node }) => node["default"]).find((value) => value !== undefined),
    limits: [...new Set(parts.flatMap(limitsOf))],
    assumptions: assumptionsOf(
      document,
      described.map(({ pointer }) => pointer),
    ),
    fields: [...nested.values()],
  };
}

function typeOf(document: OpenApiDocument, parts: readonly SchemaPart[], items: string | undefined): string {
  const types = new Set(
    parts.flatMap(({ node }) => [node["type"]].flat().filter((type) => typeof type === "string")),
  );
  const format = firstText(parts, "format");
  if (types.size === 0) return parts.some(({ node }) => isObject(node["properties"])) ? "object" : "any";
  return [...types]
    .map((type) => {
      if (type === "array" && items !== undefined)
        return `array of ${typeOf(document, schemaParts(document, items), undefined)}`;
      return type === "string" && format !== undefined ? `string (${format})` : type;
    })
    .join(" or ");
}

const LIMITS: readonly (readonly [string, (value: string) => string])[] = [
  ["exclusiveMinimum", (value) => `greater than ${value}`],
  ["minimum", (value) => `at least ${value}`],
  ["exclusiveMaximum", (value) => `less than ${value}`],
  ["maximum", (value) => `at most ${value}`],
  ["minLength", (value) => `at least ${value} characters`],
  ["maxLength", (value) => `at most ${value} characters`],
  ["minItems", (value) => `at least ${value} items`],
  ["maxItems", (value) => `at most ${value} items`],
  ["pattern", (value) => `matches \`${value}\``],
];

function limitsOf({ node }: SchemaPart): string[] {
  return LIMITS.flatMap(([keyword, say]) => {
    const value = node[keyword];
    return typeof value === "number" || typeof value === "string" ? [say(String(value))] : [];
  });
}

function listedIn({ const: only, enum: values }: JsonObject): readonly Json[] {
  if (only !== undefined) return [only];
  return Array.isArray(values) ? values : [];
}

function firstText(parts: readonly SchemaPart[], keyword: string): string | undefined {
  return parts.map(({ node }) => node[keyword]).find((value) => typeof value === "string");
}
