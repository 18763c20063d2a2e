import { asDocument, type Json, surelyFits } from "@dots-payouts/openapi";
import { ajvOptions, createAjv } from "@dots-payouts/openapi/validation";
import { describe, expect, it } from "vitest";

const POINTER = "/components/schemas/It";

function isSure(schema: Json, value: Json): boolean {
  const Base = { $ref: "#/components/schemas/Least", required: ["a"] };
  const schemas = { It: schema, Base, Least: { type: "object", properties: { a: { type: "integer" } } } };
  return surelyFits(asDocument({ openapi: "3.1.0", paths: {}, components: { schemas } }), POINTER, value);
}

describe("surelyFits", () => {
  it.each<[schema: Json, fitting: Json, other: Json]>([
    [{ type: ["integer", "null"], minimum: 2, multipleOf: 0.5 }, 3, 1],
    [{ type: "number", multipleOf: 0.01, exclusiveMaximum: 20 }, 19.99, 19.999],
    [{ type: "string", minLength: 2, maxLength: 3, pattern: "^\\p{Lu}" }, "ÄÖ", "Ä"],
    [{ type: "string", format: "date" }, "2026-01-31", "2026-02-30"],
    [{ type: "string", format: "phone" }, "1", 1],
    [{ type: "integer", format: "int32" }, 2 ** 31 - 1, 2 ** 31],
    [{ enum: ["a", { b: [1] }] }, { b: [1] }, { b: [2] }],
    [{ type: "array", minItems: 1, uniqueItems: true, items: { const: 1 } }, [1], [1, 1]],
    [{ type: "array", prefixItems: [{ const: "a" }], items: { type: "integer" } }, ["a", 1], ["a", "b"]],
    [
      { required: ["a"], properties: { a: { type: "null" } }, additionalProperties: false },
      { a: null },
      { b: 1 },
    ],
    [{ type: "object", propertyNames: { pattern: "^x" }, minProperties: 1 }, { x: 1 }, { y: 1 }],
    [{ oneOf: [{ type: "integer" }, { minimum: 5 }] }, 4, 6],
    [{ anyOf: [{ contains: {} }, { type: "array" }], not: { maxItems: 0 } }, [1], []],
    // A reference to a schema with rules next to its own reference.
    [{ $ref: "#/components/schemas/Base" }, { a: 1 }, {}],
  ])("is only certain of values that fit %j", (schema, fitting, other) => {
    expect(isSure(schema, fitting)).toBe(true);
    expect(isSure(schema, other)).toBe(false);
  });

  it.each<[schema: Json, value: Json]>([
    [{ type: "object", unevaluatedProperties: false, properties: { a: {} } }, { a: 1 }],
    [{ type: "object", patternProperties: { a: {} }, additionalProperties: false }, { a: 1 }],
    [{ type: "array", contains: { const: 1 } }, [1]],
    [{ if: {}, else: {} }, 1],
    [{ type: "string", format: "email" }, "a@b.example"],
    [{ type: "string", nullable: true }, "a"],
    [{ oneOf: [{ type: "string" }, { if: {}, else: {} }] }, "a"],
  ])("leaves %j to a validator, although %j may fit", (schema, value) => {
    expect(isSure(schema, value)).toBe(false);
  });

  it("knows the samples of all formats that validators check", () => {
    const ajv = createAjv(ajvOptions({}));
    const unknown = Object.keys(ajv.formats).filter((format) => {
      const text = { type: "string", format };
      return !isSure({ not: text }, "~") && isSure(text, "~") && !ajv.compile(text)("~");
    });
    expect(unknown).toEqual([]);
  });
});
