import {
  asDocument,
  givenValue,
  type Json,
  type JsonObject,
  leastValue,
  plainSamples,
} from "@dots-payouts/openapi";
import { ajvOptions, createAjv } from "@dots-payouts/openapi/validation";
import { describe, expect, it } from "vitest";

describe("givenValue", () => {
  it.each<[string, JsonObject[], Json | undefined]>([
    ["a constant", [{ const: 3 }], 3],
    ["a list as a constant", [{ const: [3, 4] }], [3, 4]],
    ["what several lists have in common", [{ enum: ["a", "b"] }, { enum: ["b", "c"] }], "b"],
    ["an example before a default", [{ default: 1 }, { examples: [2, 3] }], 2],
    ["an example that is a list", [{ example: [1, 2] }], [1, 2]],
    ["null", [{ default: null }], null],
    ["nothing", [{ type: "string" }, { examples: [] }], undefined],
  ])("is %s", (_, parts, expected) => {
    expect(givenValue(parts)).toEqual(expected);
  });
});

describe("leastValue", () => {
  it.each<[JsonObject, Json]>([
    [{ type: "integer" }, 1],
    [{ type: "integer", minimum: 0 }, 0],
    [{ type: "integer", minimum: 1.5 }, 2],
    [{ type: "integer", exclusiveMinimum: 0 }, 1],
    [{ type: "integer", maximum: -3 }, -3],
    [{ type: "integer", exclusiveMaximum: -3 }, -4],
    [{ type: "integer", minimum: 7, multipleOf: 5 }, 10],
    [{ type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 }, 0.5],
    [{ type: "number", exclusiveMinimum: 0, maximum: 0.5 }, 0.25],
    [{ type: "number", multipleOf: 0.01, minimum: 0.07 }, 0.07],
    [{ type: "number", multipleOf: 0.01, exclusiveMinimum: 0.28 }, 0.29],
    [{ type: "string" }, "text"],
    [{ type: "string", minLength: 6 }, "textxx"],
    [{ type: "string", maxLength: 2 }, "te"],
    [{ type: "string", format: "uuid" }, "2f1c9d3a-7b64-4e05-9a8d-c3b1f0e5d726"],
    [{ type: "string", format: "other" }, "text"],
    [{ type: ["null", "string"] }, "text"],
    [{ type: "boolean" }, true],
    [{ type: "null" }, null],
    [{ type: "array", items: {} }, []],
    [{ properties: { a: {} } }, {}],
    [{}, "text"],
  ])("for %j is %j", (schema, expected) => {
    expect(leastValue([schema])).toEqual(expected);
  });

  it("is within the bounds of all schemas together", () => {
    expect(
      leastValue([
        { type: ["integer", "null"], minimum: 3 },
        { type: "integer", minimum: 5 },
      ]),
    ).toBe(5);
  });

  it("matches a pattern if a text for it can be made", () => {
    const schema = { type: "string", pattern: "^a+$" };
    expect(leastValue([schema], () => "aa")).toBe("aa");
    expect(leastValue([schema])).toBe("a");
  });
});

describe("plainSamples", () => {
  const samples = (schema: Json, schemas: JsonObject = {}): Json[] => [
    ...plainSamples(
      asDocument({ openapi: "3.1.0", paths: {}, components: { schemas: { ...schemas, It: schema } } }),
      "/components/schemas/It",
    ),
  ];

  it("first contain what is required, and then everything", () => {
    const Inner = {
      type: "object",
      required: ["a/b"],
      properties: { "a/b": { type: "integer", minimum: 2 } },
    };
    const schema = {
      allOf: [{ required: ["inner"] }, { $ref: "#/components/schemas/Outer" }],
      properties: { more: { oneOf: [{ type: "boolean" }, { type: "string" }] } },
    };
    const Outer = { properties: { inner: { $ref: "#/components/schemas/Inner" } } };
    expect(samples(schema, { Inner, Outer })).toEqual([
      { inner: { "a/b": 2 } },
      { inner: { "a/b": 2 }, more: true },
      { inner: { "a/b": 2 }, more: "text" },
    ]);
  });

  it("use one alternative after the other, with its discriminator value", () => {
    const Cat = { allOf: [{ $ref: "#/components/schemas/Pet" }], properties: { lives: { type: "integer" } } };
    const Pet = {
      required: ["kind"],
      properties: { kind: { type: "string" } },
      discriminator: { propertyName: "kind", mapping: { cat: "#/components/schemas/Cat" } },
    };
    const Pot = { properties: { kind: { enum: ["pot", "can"] } } };
    const choice = {
      oneOf: [{ $ref: "#/components/schemas/Pot" }, { $ref: "#/components/schemas/Cat" }],
      discriminator: { propertyName: "kind" },
    };
    expect(samples(choice, { Cat, Pet, Pot })).toEqual([
      { kind: "pot" },
      { kind: "Cat" },
      { kind: "Cat", lives: 1 },
    ]);
    expect(samples({ $ref: "#/components/schemas/Cat" }, { Cat, Pet })[0]).toEqual({ kind: "cat" });
  });

  it.each([
    { type: "string", pattern: "^\\d{1,13}$|^\\d{1,13}\\.\\d{1,5}$" },
    { type: "string", pattern: "^(0|[1-9][0-9]*)(\\.[0-9]{1,2})?$" },
    { type: "string", pattern: "^\\p{Lu}{3}$", minLength: 3, maxLength: 3 },
    { type: "string", pattern: "^(?:[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)$" },
    { type: "string", pattern: "^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$", minLength: 12 },
    { type: "string", pattern: "^(?<year>\\d{4})-(0[1-9]|1[0-2])$" },
    { type: "string", pattern: "^\\+?[1-9]\\d*$", minLength: 9, maxLength: 15 },
    { allOf: [{ pattern: "^[a-z]+$" }, { pattern: "x" }], type: "string" },
    { type: "string", format: "uuid", pattern: "^2" },
    { type: "number", multipleOf: 0.01, minimum: 0.07, maximum: 0.29 },
    { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }], items: false, minItems: 2 },
    { type: "array", minItems: 2, contains: { const: 7 } },
    { type: "object", minProperties: 2, additionalProperties: { type: "string" } },
    {
      type: "object",
      minProperties: 1,
      propertyNames: { pattern: "^x-[a-z]+$" },
      additionalProperties: true,
    },
    { oneOf: [{ type: "string", pattern: "^(?=a)b$" }, { type: "integer" }] },
    { required: ["a", "b"], properties: { a: { type: "integer" } }, example: { a: 1 } },
    { required: ["a"], properties: { a: { type: "integer", example: "one" } } },
  ])("contain one that fits %j", (schema) => {
    const fits = createAjv(ajvOptions({})).compile(schema);
    expect(samples(schema).some((sample) => fits(sample))).toBe(true);
  });

  it("have as many items as are required", () => {
    const schema = { type: "array", minItems: 3, prefixItems: [{ const: "a" }], items: { type: "integer" } };
    expect(samples(schema)[0]).toEqual(["a", 1, 1]);
  });

  it("end if a schema contains itself", () => {
    const schema = {
      type: "object",
      required: ["again"],
      properties: { again: { $ref: "#/components/schemas/It" } },
    };
    expect(JSON.stringify(samples(schema)[0]).length).toBeLessThan(200);
  });
});
