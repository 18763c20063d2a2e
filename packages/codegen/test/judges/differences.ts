import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";

/** A rule of JSON Schema that types can't express, or express more strictly. */
export interface Difference {
  readonly reason: string;
  /** The schema without the rule: what compiles is valid for it. */
  readonly wider?: Change;
  /** The schema with a stricter rule: what is valid for it compiles. */
  readonly narrower?: Change;
}

export type Change = (schema: JsonObject, place: Place) => JsonObject;

interface Place {
  /** Whether the schema describes a value alone, and not together with others. */
  readonly isWhole: boolean;
  /** Whether it is inside a schema that describes a value together with others. */
  readonly isInPart: boolean;
  /** The schema that describes the value alone and contains this one; `undefined` if there may be others. */
  readonly whole: JsonObject | undefined;
  /** All schemas that describe a value together with this one, including this one. */
  readonly partsOf: (schema: Json) => readonly JsonObject[];
}

/** All allowed differences between types and validators. */
export const DIFFERENCES: readonly Difference[] = [
  {
    reason: "TypeScript has no types for some numbers, texts and names only.",
    wider: without(
      ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
      ...["minLength", "maxLength", "pattern", "format", "propertyNames"],
    ),
  },
  {
    reason: "TypeScript has no type for integers.",
    wider: ({ type, ...schema }) =>
      type === undefined
        ? schema
        : { ...schema, type: [type].flat().map((name) => (name === "integer" ? "number" : name)) },
  },
  {
    reason: "TypeScript counts neither properties nor items, except for those of a tuple.",
    wider: ({ minItems, ...schema }) => {
      const { prefixItems } = schema;
      const most = Array.isArray(prefixItems) ? prefixItems.length : 0;
      const counted = typeof minItems === "number" ? { minItems: Math.min(minItems, most) } : {};
      return {
        ...without("maxItems", "uniqueItems", "contains", "minContains", "maxContains")(schema),
        ...without("minProperties", "maxProperties")(schema),
        ...counted,
      };
    },
  },
  {
    reason: "TypeScript has no type for values of one type that are not of another.",
    wider: ({ oneOf, ...schema }) => {
      const { not: _, ...rest } = schema;
      if (oneOf === undefined) return rest;
      return { ...rest, allOf: [...(Array.isArray(rest["allOf"]) ? rest["allOf"] : []), { anyOf: oneOf }] };
    },
  },
  {
    reason: "Where several types describe the value of a field, TypeScript allows the fields of each.",
    wider: (schema, { isInPart, whole, partsOf }) => {
      if (!isInPart) return schema;
      const parts = whole === undefined ? undefined : partsOf(whole);
      const isShared = (name?: string): boolean =>
        parts === undefined || parts.filter((part) => describes(part, name)).length > 1;
      const { properties, additionalProperties } = schema;
      return {
        ...schema,
        ...(isObject(properties) && {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, value]) => [
              name,
              isObject(value) && isShared(name) ? opened(value) : value,
            ]),
          ),
        }),
        ...(isObject(additionalProperties) &&
          isShared() && { additionalProperties: opened(additionalProperties) }),
      };
    },
  },
  {
    reason: "An index of TypeScript has to be true of every property, those that are listed included.",
    wider: withIndex,
  },
  {
    reason: "Where one schema of a value lets any field through, TypeScript refuses none for another.",
    wider: (schema, { whole, partsOf }) => {
      const isOpened = whole === undefined || partsOf(whole).some((part) => isOpen(part) || isFree(part));
      return isOpened && (whole === undefined || isComposed(whole)) ? opened(schema) : schema;
    },
  },
  {
    reason: "Beside one alternative, TypeScript allows fields that only another one knows of.",
    wider: (schema, { partsOf }) => {
      const { unevaluatedProperties, ...rest } = schema;
      const parts = partsOf(rest);
      if (unevaluatedProperties !== false || !parts.some(hasChoice)) return schema;
      if (parts.some(isOpen)) return rest;
      return { ...rest, propertyNames: { enum: [null, ...parts.flatMap(namesOf)] } };
    },
  },
  {
    reason:
      "If several types must match, TypeScript accepts anything for an object without required properties.",
    wider: (schema, { isInPart, partsOf }) => {
      if (isInPart && isAnything(schema)) return without("type")(schema);
      const { properties, patternProperties } = schema;
      if (!isObject(properties) || !isObject(patternProperties)) return schema;
      const patterns = Object.keys(patternProperties).map((pattern) => new RegExp(pattern, "u"));
      const isBoth = (name: string): boolean => patterns.some((pattern) => pattern.test(name));
      const changed = Object.entries(properties).map(([name, value]): [string, Json] => [
        name,
        isBoth(name) && partsOf(value).some(isAnything) ? {} : value,
      ]);
      return { ...schema, properties: Object.fromEntries(changed) };
    },
  },
  {
    reason: "TypeScript widens a literal if an index signature and a listed property must both match.",
    narrower: (schema, { isInPart }) => {
      const { additionalProperties, patternProperties } = schema;
      if (!isInPart) return schema;
      return {
        ...schema,
        ...(isObject(additionalProperties) && { additionalProperties: false }),
        ...(isObject(patternProperties) && {
          patternProperties: Object.fromEntries(Object.keys(patternProperties).map((name) => [name, false])),
        }),
      };
    },
  },
  {
    reason: "Next to an alternative that allows anything, TypeScript ignores the others.",
    narrower: (schema, { partsOf }) => {
      const branches = ["anyOf", "oneOf"].flatMap((keyword) => schema[keyword] ?? []).filter(isObject);
      return branches.some((branch) => partsOf(branch).every(saysNothing)) ? { not: {} } : schema;
    },
  },
  {
    reason: "A schema that lists fields means an object, and one with items a list.",
    narrower: (schema) => {
      const { type, ...rest } = schema;
      if (type !== undefined || "enum" in schema || "const" in schema) return schema;
      const OBJECT = ["properties", "required", "patternProperties", "additionalProperties"];
      const isObjects = OBJECT.some((keyword) => keyword in rest);
      if (isObjects || (rest["unevaluatedProperties"] === false && !isComposed(rest)))
        return { ...rest, type: "object" };
      return "items" in rest || "prefixItems" in rest ? { ...rest, type: "array" } : schema;
    },
  },
  {
    reason: "A literal has only fields that are listed, so that a mistyped one does not compile.",
    narrower: (schema, { isWhole }) => {
      const { unevaluatedProperties, ...rest } = schema;
      const isOpen = unevaluatedProperties === true || unevaluatedProperties === undefined;
      if (!isWhole) return isOpen ? rest : schema;
      return isOpen && (isComposed(schema) || "properties" in schema)
        ? { allOf: [rest], unevaluatedProperties: false }
        : schema;
    },
  },
];

const PREFIX = /^\^[\w-]+$/;

/** In TypeScript, an index signature applies to every property. */
function withIndex(schema: JsonObject): JsonObject {
  const { additionalProperties, patternProperties, ...rest } = schema;
  const patterns = isObject(patternProperties) ? patternProperties : {};
  const isPlain = additionalProperties === undefined || additionalProperties === false;
  const prefixes = Object.entries(patterns).filter(([pattern]) => PREFIX.test(pattern));
  if (isPlain && prefixes.length === Object.keys(patterns).length) return schema;
  const { properties = {}, required = [] } = schema;
  const listed = isObject(properties) ? properties : {};
  const unlisted = [required].flat().some((name) => !Object.hasOwn(listed, String(name)));
  const any = [additionalProperties ?? true, ...Object.values(patterns), ...Object.values(listed)].map(
    loosely,
  );
  return {
    ...rest,
    ...(prefixes.length > 0 && { patternProperties: Object.fromEntries(prefixes) }),
    additionalProperties: unlisted ? true : { anyOf: any },
  };
}

/** In a union, TypeScript accepts anything for an object without required properties. */
function loosely(schema: Json): Json {
  return isObject(schema) && isAnything(schema) ? without("type")(schema) : schema;
}

/** Whether the type of a schema is that of an object without required properties. */
function isAnything({ type, required }: JsonObject): boolean {
  return [required ?? []].flat().length === 0 && [type].flat().includes("object");
}

/** Whether a schema says something about the value of a field; of any field, without a name. */
function describes(schema: JsonObject, name?: string): boolean {
  const { properties, additionalProperties, patternProperties } = schema;
  const isListed = isObject(properties) && (name === undefined || Object.hasOwn(properties, name));
  return isListed || isObject(additionalProperties) || patternProperties !== undefined;
}

/** A schema that allows fields beyond those that it lists. */
function opened(schema: JsonObject): JsonObject {
  const closed = ["additionalProperties", "unevaluatedProperties"].filter((key) => schema[key] === false);
  return without(...closed)(schema);
}

function isComposed(schema: JsonObject): boolean {
  return ["$ref", "allOf", "anyOf", "oneOf"].some((keyword) => keyword in schema);
}

/** Whether a schema lists no properties: if it stands alone somewhere, its type has an index of any. */
function isFree(schema: JsonObject): boolean {
  const { properties = {} } = schema;
  const isListing = isObject(properties) && Object.keys(properties).length > 0;
  return !isComposed(schema) && !isListing && !("enum" in schema || "const" in schema);
}

function hasChoice(schema: JsonObject): boolean {
  return "anyOf" in schema || "oneOf" in schema;
}

function saysNothing(schema: JsonObject): boolean {
  const SAID = ["type", "enum", "const", "properties", "required", "additionalProperties", "items"];
  return !SAID.some((keyword) => keyword in schema);
}

/** Whether a schema allows any property. */
function isOpen(schema: JsonObject): boolean {
  const { additionalProperties = false, patternProperties, unevaluatedProperties = false } = schema;
  return additionalProperties !== false || unevaluatedProperties !== false || patternProperties !== undefined;
}

function namesOf({ properties, required }: JsonObject): Json[] {
  return [...Object.keys(isObject(properties) ? properties : {}), ...[required ?? []].flat()];
}

function without(...keywords: string[]): (schema: JsonObject) => JsonObject {
  return (schema) =>
    Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword)));
}
