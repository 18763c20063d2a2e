import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";
import fc from "fast-check";

const NAMES = ["a", "b", "c", "x-1"];
const PATTERNS = ["^x-", "b$"];

/** A random schema that may refer to others by these names. */
export function schemas(others: readonly string[]): fc.Arbitrary<JsonObject> {
  const leaf = fc.oneof(
    fc.constantFrom<JsonObject>(
      { type: "string" },
      { type: "integer" },
      { type: "boolean" },
      { type: "null" },
      { type: ["string", "null"] },
      { type: ["string", "integer"] },
      { type: ["string", "null"], enum: ["x", "xy"] },
      { const: { a: [1, "x"] } },
      { type: "string", minLength: 2, pattern: "^x" },
      { type: "integer", minimum: 1 },
      {},
    ),
    fc.subarray<Json>(["x", "xy", 1, 2, null, true], { minLength: 1 }).map((values) => ({ enum: values })),
    fc.constantFrom<Json>("x", 1, null).map((value) => ({ const: value })),
  );
  const references = others.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  const reference = references.length === 0 ? leaf : fc.constantFrom<JsonObject>(...references);
  const value = (depth: number): fc.Arbitrary<JsonObject> =>
    depth === 0
      ? fc.oneof(leaf, reference)
      : fc.oneof(
          { weight: 4, arbitrary: leaf },
          { weight: 2, arbitrary: reference },
          { weight: 1, arbitrary: arrays(value(depth - 1)) },
          { weight: 1, arbitrary: object(depth - 1) },
        );
  const object = (depth: number): fc.Arbitrary<JsonObject> =>
    depth === 0
      ? objects(value(0))
      : fc.oneof(
          { weight: 1, arbitrary: objects(value(depth - 1)) },
          { weight: 2, arbitrary: compositions(fc.oneof(object(depth - 1), reference), value(depth - 1)) },
        );
  return object(2);
}

function arrays(items: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> {
  return fc.oneof(
    items.map((item) => ({ type: "array", items: item })),
    fc
      .record({
        prefixItems: fc.array(items, { minLength: 1, maxLength: 2 }),
        items: fc.option(fc.oneof(fc.constant<Json>(false), items), { nil: undefined }),
        minItems: fc.nat({ max: 2 }),
      })
      .map((parts) => withoutUndefined({ type: "array", ...parts })),
  );
}

function objects(properties: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> {
  return fc
    .record({
      properties: fc.dictionary(fc.constantFrom(...NAMES), properties, { maxKeys: 3 }),
      required: rarely(fc.subarray([...NAMES], { maxLength: 2 })),
      patternProperties: seldom(
        fc.dictionary(fc.constantFrom(...PATTERNS), properties, { minKeys: 1, maxKeys: 2 }),
      ),
      additionalProperties: rarely(fc.oneof(fc.constantFrom<Json>(true, false), properties)),
      type: fc.constantFrom<Json | undefined>("object", "object", "object", ["object", "null"], undefined),
    })
    .map(withoutUndefined);
}

function compositions(
  part: fc.Arbitrary<JsonObject>,
  properties: fc.Arbitrary<JsonObject>,
): fc.Arbitrary<JsonObject> {
  const some = fc.array(part, { minLength: 1, maxLength: 2 });
  // No conditions: if an `if` does not hold, Ajv treats its properties as evaluated, but JSON Schema does not.
  return fc
    .record({
      beside: rarely(objects(properties)),
      reference: rarely(part),
      allOf: rarely(some),
      anyOf: rarely(some),
      oneOf: rarely(some),
      unevaluatedProperties: fc.constantFrom<Json>(false, false, true),
    })
    .map(({ beside = {}, reference = {}, ...rest }) => {
      const target = typeof reference["$ref"] === "string" ? { $ref: reference["$ref"] } : {};
      return withoutUndefined({ ...beside, ...target, ...rest });
    });
}

function rarely<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

function seldom<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

function withoutUndefined(object: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]): [string, Json][] =>
      value === undefined ? [] : [[key, value]],
    ),
  );
}

/**
 * Values that are at least nearly valid for a schema.
 * @param resolve returns the target of a reference
 */
export function valuesFor(schema: Json, resolve: (reference: string) => Json): fc.Arbitrary<Json> {
  return fc.array(fc.nat(), { minLength: 50, maxLength: 50 }).map((numbers) => {
    let used = 0;
    return near(schema, resolve, (below) => (numbers[used++ % numbers.length] ?? 0) % below, 4);
  });
}

const ANYTHING: readonly Json[] = ["x", "xy", "", 0, 1, 1.5, true, null, {}, []];

function near(
  schema: Json,
  resolve: (reference: string) => Json,
  random: (below: number) => number,
  depth: number,
): Json {
  const oneOf = (values: readonly Json[]): Json => values[random(values.length)] ?? null;
  const isLucky = (percent: number): boolean => random(100) < percent;
  if (!isObject(schema) || depth === 0 || isLucky(4)) return oneOf(ANYTHING);
  if (Array.isArray(schema["enum"])) return oneOf(schema["enum"]);
  if (schema["const"] !== undefined) return schema["const"];
  const inner = (part: Json): Json => near(part, resolve, random, depth - 1);
  const properties = propertiesOf(schema, resolve);
  const named = [schema["type"] ?? []].flat();
  const type = oneOf(named.length > 0 ? named : [properties.size > 0 ? "object" : "any"]);
  switch (type) {
    case "string":
      return oneOf(["x", "xy", "xyz"]);
    case "integer":
      return oneOf([0, 1, 2, 1.5]);
    case "boolean":
      return isLucky(50);
    case "null":
      return null;
    case "array": {
      const first = Array.isArray(schema["prefixItems"]) ? schema["prefixItems"] : [];
      const rest = isLucky(50) ? [] : [schema["items"] ?? true];
      return [...first.filter(() => isLucky(90)), ...rest].map(inner);
    }
    case "object": {
      const listed = [...properties].filter(() => isLucky(70));
      const members = listed.map(([name, parts]) => [name, inner(oneOf(parts))]);
      const other = isLucky(10) ? [[oneOf(NAMES), oneOf(ANYTHING)]] : [];
      return Object.fromEntries([...members, ...other]);
    }
    default:
      return oneOf(ANYTHING);
  }
}

/** The schemas of all properties that a schema lists anywhere, and of required properties without a schema. */
function propertiesOf(schema: Json, resolve: (reference: string) => Json): Map<string, Json[]> {
  const found = new Map<string, Json[]>();
  const visit = (part: Json, depth: number): void => {
    if (!isObject(part) || depth === 0) return;
    for (const [name, property] of Object.entries(isObject(part["properties"]) ? part["properties"] : {})) {
      found.set(name, [...(found.get(name) ?? []), property]);
    }
    for (const name of Array.isArray(part["required"]) ? part["required"] : []) {
      if (typeof name === "string" && !found.has(name)) found.set(name, [true]);
    }
    if (typeof part["$ref"] === "string") visit(resolve(part["$ref"]), depth - 1);
    for (const keyword of ["allOf", "anyOf", "oneOf"]) {
      const branches = part[keyword];
      if (Array.isArray(branches)) for (const branch of branches) visit(branch, depth - 1);
    }
  };
  visit(schema, 5);
  return found;
}
