import {
  asDocument,
  DocumentError,
  type Json,
  type OpenApiDocument,
  placeOf,
  wordsOf,
} from "@dots-payouts/openapi";
import { ajvOptions, compileSchemas, createAjv } from "@dots-payouts/openapi/validation";
import { describe, expect, it } from "vitest";

function documentOf(schemas: Record<string, Json>): OpenApiDocument {
  return asDocument({ openapi: "3.1.0", paths: {}, components: { schemas } });
}

/** The errors of a value: the place and the words of each broken rule. */
function broken(schema: Json, value: unknown): string[] {
  const document = documentOf({ It: schema });
  const ajv = createAjv({ ...ajvOptions(document), allErrors: true });
  const validate = compileSchemas(document, ajv).at("/components/schemas/It");
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${placeOf(error)} ${wordsOf(error)}`);
}

describe("the words for a broken rule", () => {
  it.each<[schema: Json, value: unknown, ...words: string[]]>([
    [{ type: "integer" }, "a", " must be an integer"],
    [{ type: ["string", "null"] }, 1, " must be a string or null"],
    [{ enum: ["a", 1, null] }, "b", ' must be one of "a", 1, null'],
    [{ const: { a: 1 } }, 1, ' must be {"a":1}'],
    [{ minimum: 1 }, 0, " must be at least 1"],
    [{ exclusiveMinimum: 0 }, 0, " must be greater than 0"],
    [{ maximum: 1 }, 2, " must be at most 1"],
    [{ exclusiveMaximum: 1 }, 1, " must be less than 1"],
    [{ multipleOf: 0.01 }, 0.075, " must be a multiple of 0.01"],
    [{ format: "uuid" }, "a", " must be a valid uuid"],
    [{ pattern: "^a$" }, "b", " must match the pattern ^a$"],
    [{ minLength: 1 }, "", " must have at least 1 character"],
    [{ maxLength: 2 }, "abc", " must have at most 2 characters"],
    [{ minItems: 2 }, [], " must have at least 2 items"],
    [{ maxItems: 1 }, [1, 2], " must have at most 1 item"],
    [{ minProperties: 2 }, {}, " must have at least 2 properties"],
    [{ maxProperties: 1 }, { a: 1, b: 2 }, " must have at most 1 property"],
    [{ uniqueItems: true }, [1, 1], " must not have the same item twice"],
    [{ required: ["a/b"] }, {}, "/a~1b is missing"],
    [{ dependentRequired: { a: ["b"] } }, { a: 1 }, "/b is missing, and is required together with a"],
    [{ properties: { a: {} }, additionalProperties: false }, { b: 1 }, "/b is not a known field"],
    [{ properties: { a: {} }, unevaluatedProperties: false }, { b: 1 }, "/b is not a known field"],
    [{ prefixItems: [{}], unevaluatedItems: false }, [1, 2], " must have at most 1 item"],
    [{ properties: { a: false } }, { a: 1 }, "/a is not allowed"],
    [{ not: { type: "string" } }, "a", " is not allowed in this form"],
    [{ anyOf: [false] }, 1, " is not allowed", " matches none of the allowed forms"],
    [{ oneOf: [false] }, 1, " is not allowed", " matches none of the allowed forms"],
    [{ oneOf: [true, {}] }, 1, " matches more than one of the forms that exclude each other"],
  ])("are %j for %j", (schema, value, ...words) => {
    expect(broken(schema, value)).toEqual(words);
  });

  it("name a keyword without its own words", () => {
    expect(wordsOf({ keyword: "own", instancePath: "", params: {} })).toBe("breaks the rule own");
  });
});

describe("multiples", () => {
  it.each([19.99, 4.35, 0.29, 0.07, 999_999.99])("accept %d in hundredths", (value) => {
    expect(broken({ type: "number", multipleOf: 0.01 }, value)).toEqual([]);
  });

  it.each([0.075, 19.990000001])("refuse %d in hundredths", (value) => {
    expect(broken({ type: "number", multipleOf: 0.01 }, value)).not.toEqual([]);
  });

  it("ignore values of other types", () => {
    expect(broken({ multipleOf: 0.01 }, "a")).toEqual([]);
  });
});

describe("the schemas of a document", () => {
  it("are found at every pointer, whatever the names are", () => {
    const document = documentOf({ "a b/c~d%ü": { properties: { "x y": { type: "integer" } } } });
    const { at } = compileSchemas(document);
    const pointer = "/components/schemas/a b~1c~0d%ü";
    expect(at(pointer)({ "x y": 1 })).toBe(true);
    expect(at(`${pointer}/properties/x y`)("a")).toBe(false);
    expect(at(pointer)).toBe(at(pointer));
  });

  it("report the place of one that does not compile", () => {
    const { at } = compileSchemas(documentOf({ It: { $ref: "#/components/schemas/None" } }));
    const compile = () => at("/components/schemas/It");
    expect(compile).toThrow(DocumentError);
    expect(compile).toThrow("#/components/schemas/It: the schema does not compile: can't resolve reference");
  });

  it("have no inherited properties", () => {
    const document = documentOf({ It: { required: ["constructor"] } });
    expect(compileSchemas(document).at("/components/schemas/It")({})).toBe(false);
  });

  it("don't include what looks like one in an example", () => {
    const document = documentOf({ It: { type: "string", examples: [{ $id: "a" }, { $id: "a", type: 1 }] } });
    expect(compileSchemas(document).at("/components/schemas/It")("a")).toBe(true);
  });
});
