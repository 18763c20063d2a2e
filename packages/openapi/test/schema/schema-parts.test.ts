import {
  asDocument,
  type Json,
  listGeneratedValues,
  listProperties,
  type OpenApiDocument,
  schemaParts,
  schemasAt,
} from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

const root = "/components/schemas/Root";

function withSchemas(schemas: Record<string, Json>): OpenApiDocument {
  return asDocument({ openapi: "3.1.0", paths: {}, components: { schemas } });
}

describe("schemaParts", () => {
  const parts = (schemas: Record<string, Json>) =>
    schemaParts(withSchemas(schemas), root).map(
      ({ pointer, alternative }) => `${pointer.replace("/components/schemas/", "")}${alternative ? "?" : ""}`,
    );

  it("returns the branches of allOf, anyOf and oneOf, and marks optional ones", () => {
    const Root = { allOf: [{ anyOf: [{}, { allOf: [{}] }] }, { oneOf: [{}] }] };
    expect(parts({ Root })).toEqual([
      "Root",
      "Root/allOf/0",
      "Root/allOf/0/anyOf/0?",
      "Root/allOf/0/anyOf/1?",
      "Root/allOf/0/anyOf/1/allOf/0?",
      "Root/allOf/1",
      "Root/allOf/1/oneOf/0?",
    ]);
  });

  it("leaves out conditions", () => {
    const conditions = Object.fromEntries(["if", "then", "else", "not"].map((keyword) => [keyword, {}]));
    expect(parts({ Root: conditions })).toEqual(["Root"]);
  });

  it("returns every schema on the way of a reference", () => {
    const Alias = { $ref: "#/components/schemas/Text", description: "An alias." };
    expect(parts({ Root: { $ref: "#/components/schemas/Alias" }, Alias, Text: {} })).toEqual([
      "Root",
      "Alias",
      "Text",
    ]);
  });

  it("requires what one branch offers and another requires", () => {
    const reference = { $ref: "#/components/schemas/Part" };
    const Root = { allOf: [{ anyOf: [reference] }, reference] };
    const found = parts({ Root, Part: { allOf: [{}] } });
    expect(found).toContain("Part");
    expect(found).toContain("Part/allOf/0");
    expect(found).not.toContain("Part?");
  });

  it("is empty if there is nothing", () => {
    expect(schemaParts(withSchemas({}), root)).toEqual([]);
  });
});

describe("listProperties", () => {
  const properties = (schemas: Record<string, Json>) =>
    listProperties(withSchemas(schemas), root).map(({ name, required }) => [name, required]);

  it("collects properties and required names from all parts", () => {
    const Root = {
      allOf: [{ properties: { a: {}, b: {} } }, { required: ["b"] }, { properties: { c: {} } }],
    };
    expect(properties({ Root })).toEqual([
      ["a", false],
      ["b", true],
      ["c", false],
    ]);
  });

  it("does not require what only one alternative requires", () => {
    const Root = { properties: { a: {} }, anyOf: [{ required: ["a"] }, {}] };
    expect(properties({ Root })).toEqual([["a", false]]);
  });

  it("returns every place where a property is described", () => {
    const Root = { properties: { "a/b": {} }, allOf: [{ properties: { "a/b": {} } }] };
    const [property] = listProperties(withSchemas({ Root }), root);
    expect(property?.schemas.map(({ pointer }) => pointer)).toEqual([
      `${root}/properties/a~1b`,
      `${root}/allOf/0/properties/a~1b`,
    ]);
  });
});

describe("schemasAt", () => {
  const document = withSchemas({
    Root: {
      allOf: [
        { properties: { person: { $ref: "#/components/schemas/Person" } } },
        { anyOf: [{ properties: { person: { $ref: "#/components/schemas/Person" } } }] },
      ],
    },
    Person: { properties: { name: { type: "string" } } },
  });

  it("follows references and compositions, and returns each place once", () => {
    expect(schemasAt(document, root, "/person/name")).toEqual([
      { node: { type: "string" }, pointer: "/components/schemas/Person/properties/name" },
    ]);
  });

  it("returns the schema itself for the empty pointer", () => {
    expect(schemasAt(document, root, "")[0]?.pointer).toBe(root);
  });

  it.each(["/nobody", "/person/age", "/person/name/first"])("is empty for %s", (pointer) => {
    expect(schemasAt(document, root, pointer)).toEqual([]);
  });
});

describe("listGeneratedValues", () => {
  const generated = (schemas: Record<string, Json>) => listGeneratedValues(withSchemas(schemas), root);

  it("finds marks next to references, behind them, and in nested objects", () => {
    const Root = {
      properties: {
        id: { $ref: "#/components/schemas/Id", "x-generate": "uuid" },
        time: { $ref: "#/components/schemas/Time" },
        inner: { properties: { "a/b": { "x-generate": "b-{uuid}" } } },
        name: { type: "string" },
      },
    };
    expect(generated({ Root, Id: {}, Time: { "x-generate": "now" } })).toEqual([
      { pointer: "/id", rule: "uuid" },
      { pointer: "/time", rule: "now" },
      { pointer: "/inner/a~1b", rule: "b-{uuid}" },
    ]);
  });

  it("ends for a schema that contains itself", () => {
    const Root = {
      properties: { id: { "x-generate": "uuid" }, next: { $ref: "#/components/schemas/Root" } },
    };
    expect(generated({ Root })).toEqual([
      { pointer: "/id", rule: "uuid" },
      { pointer: "/next/id", rule: "uuid" },
    ]);
  });
});
