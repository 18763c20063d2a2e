import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";
import fc from "fast-check";

const NAMES = ["a", "b", "c"];

/** A schema made at random that may refer to others, by these names. */
export function schemas(others: readonly string[]): fc.Arbitrary<JsonObject> {
  const leaf = fc.oneof(
    fc.constantFrom<JsonObject>(
      { type: "string" },
      { type: "integer" },
      { type: "boolean" },
      { type: "null" },
      { type: ["string", "null"] },
      { type: ["string", "integer"] },
      { type: "string", minLength: 2, pattern: "^x" },
      { type: "integer", minimum: 1 },
      {},
    ),
    fc.subarray<Json>(["x", "xy", 1, 2, null, true], { minLength: 1 }).map((values) => ({ enum: values })),
    fc.constantFrom<Json>("x", 1, null).map((value) => ({ const: value })),
  );
  const references = others.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  const reference = references.length === 0 ? leaf : fc.constantFrom<JsonObject>(...references);
  const { object } = fc.letrec<{ any: JsonObject; object: JsonObject; part: JsonObject }>((tie) => ({
    any: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      reference,
      tie("object"),
      arrays(tie("any")),
    ),
    part: fc.oneof(
      { depthSize: "small" },
      objects(tie("any")),
      reference,
      compositions(tie("part"), tie("any")),
    ),
    object: fc.oneof({ depthSize: "small" }, objects(tie("any")), compositions(tie("part"), tie("any"))),
  }));
  return object;
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
      required: fc.option(fc.subarray([...NAMES]), { nil: undefined, freq: 2 }),
      additionalProperties: fc.option(fc.oneof(fc.constantFrom<Json>(true, false), properties), {
        nil: undefined,
        freq: 5,
      }),
    })
    .map((parts) => withoutUndefined({ type: "object", ...parts }));
}

function compositions(
  part: fc.Arbitrary<JsonObject>,
  properties: fc.Arbitrary<JsonObject>,
): fc.Arbitrary<JsonObject> {
  const some = fc.array(part, { minLength: 1, maxLength: 2 });
  const condition = fc.dictionary(fc.constantFrom(...NAMES), properties, { minKeys: 1, maxKeys: 1 });
  return fc
    .record({
      beside: fc.option(objects(properties), { nil: undefined }),
      reference: fc.option(part, { nil: undefined }),
      allOf: fc.option(some, { nil: undefined, freq: 2 }),
      anyOf: fc.option(some, { nil: undefined }),
      oneOf: fc.option(some, { nil: undefined }),
      if: fc.option(condition, { nil: undefined }),
      unevaluatedProperties: fc.option(fc.constant(false), { nil: undefined, freq: 1 }),
    })
    .map(({ beside = {}, reference = {}, if: condition, ...rest }) => {
      const target = typeof reference["$ref"] === "string" ? { $ref: reference["$ref"] } : {};
      const conditions =
        condition === undefined ? {} : { if: { properties: condition }, else: { required: ["a"] } };
      return withoutUndefined({ ...beside, ...target, ...rest, ...conditions });
    });
}

function withoutUndefined(object: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]): [string, Json][] =>
      value === undefined ? [] : [[key, value]],
    ),
  );
}

/** Values that come close to what a schema lets through. @param resolve what a reference means */
export function valuesFor(schema: Json, resolve: (reference: string) => Json): fc.Arbitrary<Json> {
  return near(schema, resolve, 4);
}

const ANYTHING: fc.Arbitrary<Json> = fc.constantFrom<Json>("x", "xy", "", 0, 1, 2, true, null, {}, []);

function near(schema: Json, resolve: (reference: string) => Json, depth: number): fc.Arbitrary<Json> {
  if (!isObject(schema) || depth === 0) return ANYTHING;
  const inner = (part: Json): fc.Arbitrary<Json> => near(part, resolve, depth - 1);
  const choices: fc.WeightedArbitrary<Json>[] = [{ weight: 1, arbitrary: ANYTHING }];
  const add = (arbitrary: fc.Arbitrary<Json>): void => void choices.push({ weight: 6, arbitrary });
  if (Array.isArray(schema["enum"])) add(fc.constantFrom(...schema["enum"]));
  if (schema["const"] !== undefined) add(fc.constant(schema["const"]));
  const types = [schema["type"]].flat();
  if (types.includes("string")) add(fc.constantFrom("x", "xy", "xyz"));
  if (types.includes("integer")) add(fc.constantFrom(0, 1, 2));
  if (types.includes("boolean")) add(fc.boolean());
  if (types.includes("null")) add(fc.constant(null));
  if (types.includes("array")) {
    const first = Array.isArray(schema["prefixItems"]) ? schema["prefixItems"] : [];
    const rest = fc.array(inner(schema["items"] ?? true), { maxLength: 2 });
    add(fc.tuple(fc.tuple(...first.map(inner)), rest).map(([a, b]) => [...a, ...b]));
    add(fc.tuple(...first.map(inner)));
  }
  const properties = propertiesOf(schema, resolve, depth);
  const isObjectLike = types.includes("object") || properties.size > 0;
  if (isObjectLike) {
    const members = Object.fromEntries(
      [...properties].map(([name, parts]) => [name, fc.oneof(...parts.map(inner))]),
    );
    const some = fc.record(members, { requiredKeys: [] }).map(withoutUndefined);
    add(some);
    add(fc.record(members).map(withoutUndefined));
    choices.push({
      weight: 2,
      arbitrary: fc
        .tuple(some, fc.constantFrom(...NAMES), ANYTHING)
        .map(([value, name, other]) => ({ ...value, [name]: other })),
    });
  }
  return fc.oneof(...choices);
}

/** The schemas of the properties that are listed anywhere in a schema. */
function propertiesOf(
  schema: Json,
  resolve: (reference: string) => Json,
  depth: number,
): Map<string, Json[]> {
  const found = new Map<string, Json[]>();
  if (!isObject(schema) || depth === 0) return found;
  const add = (name: string, part: Json): void => void found.set(name, [...(found.get(name) ?? []), part]);
  for (const [name, part] of Object.entries(isObject(schema["properties"]) ? schema["properties"] : {})) {
    add(name, part);
  }
  if (Array.isArray(schema["required"])) {
    for (const name of schema["required"]) if (typeof name === "string" && !found.has(name)) add(name, true);
  }
  const parts = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => {
    const list = schema[keyword];
    return Array.isArray(list) ? list : [];
  });
  if (typeof schema["$ref"] === "string") parts.push(resolve(schema["$ref"]));
  for (const part of parts) {
    for (const [name, more] of propertiesOf(part, resolve, depth - 1)) for (const one of more) add(name, one);
  }
  return found;
}
