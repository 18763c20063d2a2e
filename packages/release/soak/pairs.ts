import type { Json, JsonObject } from "@dots-payouts/openapi";
import fc from "fast-check";
import { edit } from "./edits.ts";

/** Two versions of a schema, and the named schemas that both may refer to. */
export interface SchemaPair {
  readonly before: Json;
  readonly after: Json;
  readonly components: Record<string, Json>;
}

/** The names of properties. Two of them are keywords. */
export const NAMES = ["a", "b", "title", "default"] as const;

/** An object with this key must never be mistaken for a promise. */
const THEN = "then";

const name = fc.constantFrom(...NAMES);
const small = fc.integer({ min: 0, max: 3 });
const scalar = fc.constantFrom<Json>(null, true, false, 0, 1, 2, 0.5, "", "a", "ab", "b");

/** Some of the entries, each with a value. */
function some(arbitraries: Record<string, fc.Arbitrary<Json>>, most: number): fc.Arbitrary<JsonObject> {
  return fc
    .uniqueArray(fc.constantFrom(...Object.keys(arbitraries)), { maxLength: most })
    .chain((keys) =>
      fc.record(Object.fromEntries(keys.map((key) => [key, arbitraries[key] ?? fc.constant(null)]))),
    );
}

const limits = fc.oneof(
  some(
    {
      minimum: small,
      maximum: small,
      exclusiveMinimum: small,
      exclusiveMaximum: small,
      multipleOf: fc.constantFrom(0.5, 1, 2, 3),
    },
    2,
  ).chain((more) => fc.constantFrom("integer", "number").map((type) => ({ type, ...more }))),
  some({ minLength: small, maxLength: small, pattern: fc.constantFrom("^a", "b$") }, 2).map((more) => ({
    type: "string",
    ...more,
  })),
);

const listed = fc.oneof(
  scalar.map((value) => ({ const: value })),
  fc.uniqueArray(scalar, { minLength: 1, maxLength: 4 }).map((values) => ({ enum: values })),
);

const typed = fc
  .uniqueArray(fc.constantFrom("null", "boolean", "integer", "number", "string", "array", "object"), {
    minLength: 1,
    maxLength: 3,
  })
  .map((types) => ({ type: types.length === 1 ? (types[0] ?? "null") : types }));

/** Schemas with few values and names, so that most possible differences occur. */
const { schema } = fc.letrec<{
  schema: Json;
  object: JsonObject;
  array: JsonObject;
  mixed: JsonObject;
}>((tie) => {
  const inner = tie("schema");
  const list = fc.array(inner, { minLength: 1, maxLength: 3 });
  const named = (value: fc.Arbitrary<Json>, most = 3): fc.Arbitrary<JsonObject> =>
    fc.dictionary(name, value, { maxKeys: most });
  return {
    object: fc
      .record({
        properties: named(inner),
        more: some(
          {
            required: fc.uniqueArray(name, { minLength: 1, maxLength: 2 }),
            additionalProperties: fc.oneof(fc.constant(false), fc.constant(true), inner),
            minProperties: small,
            maxProperties: small,
            propertyNames: fc.constantFrom<Json>({ maxLength: 1 }, { enum: ["a", "b"] }),
            patternProperties: inner.map((one) => ({ "^[at]": one })),
            dependentRequired: named(fc.uniqueArray(name, { maxLength: 2 }), 1),
            dependentSchemas: named(inner, 1),
            unevaluatedProperties: fc.constant(false),
          },
          2,
        ),
      })
      .map(({ properties, more }) => ({ type: "object", properties, ...more })),
    array: some(
      {
        items: inner,
        prefixItems: list,
        minItems: small,
        maxItems: small,
        uniqueItems: fc.boolean(),
        contains: inner,
      },
      3,
    ).map((more) => ({ type: "array", ...more })),
    mixed: fc.oneof(
      fc.record({ allOf: list }),
      fc.record({ anyOf: list }),
      fc.record({ oneOf: list }),
      fc.record({ not: inner }),
      fc
        .tuple(inner, inner, fc.option(inner))
        .map(([condition, fitting, others]) =>
          Object.fromEntries([
            ["if", condition],
            [THEN, fitting],
            ...(others === null ? [] : [["else", others]]),
          ]),
        ),
    ),
    schema: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      fc.oneof(
        typed,
        limits,
        listed,
        fc.constantFrom<Json>(
          {},
          { $ref: "#/components/schemas/One" },
          { $ref: "#/components/schemas/Tree" },
        ),
      ),
      tie("object"),
      tie("object"),
      tie("array"),
      tie("mixed"),
    ),
  };
});

/** A schema and the result of one edit, or two unrelated schemas. */
export const pair: fc.Arbitrary<SchemaPair> = fc
  .record({
    before: schema,
    other: schema,
    one: fc.oneof(typed, limits, listed),
    seed: fc.nat(),
    more: fc.nat(),
    apart: fc.nat(9),
  })
  .map(({ before, other, one, seed, more, apart }) => ({
    before,
    after: apart === 0 ? other : edit(before, other, seed, more),
    components: {
      One: one,
      Tree: {
        type: "object",
        properties: { a: { $ref: "#/components/schemas/Tree" }, b: { $ref: "#/components/schemas/One" } },
      },
    },
  }));
