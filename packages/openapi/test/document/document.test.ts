import { asDocument, DocumentError, follow, getAt, type Json, type JsonObject } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

const head = { openapi: "3.1.0", paths: {} };

describe("asDocument", () => {
  it.each(["3.0.3", "3.1.0", "3.1.1"])("accepts OpenAPI %s", (openapi) => {
    expect(asDocument({ openapi, paths: {} })).toEqual({ openapi, paths: {} });
  });

  it.each([
    [null, "the document: not a JSON object"],
    [[], "the document: not a JSON object"],
    [{ swagger: "2.0" }, "#/openapi: OpenAPI 3.0 or 3.1 is needed, not undefined"],
    [{ openapi: "4.0.0" }, '#/openapi: OpenAPI 3.0 or 3.1 is needed, not "4.0.0"'],
    [{ openapi: "3.1.0" }, "#/paths: missing"],
  ])("refuses %j with the reason", (value, message) => {
    expect(() => asDocument(value)).toThrow(DocumentError);
    expect(() => asDocument(value)).toThrow(message);
  });

  const withSchemas = (schemas: JsonObject) => asDocument({ ...head, components: { schemas } });

  it("replaces references to anchors by references to their places", () => {
    const document = withSchemas({
      Money: { $anchor: "money", type: "integer" },
      Node: { $dynamicAnchor: "node", properties: { next: { $dynamicRef: "#node" } } },
      Order: { properties: { price: { $ref: "#money" } }, examples: [{ $ref: "#money" }] },
      Both: { $ref: "#money", $dynamicRef: "#node" },
    });
    expect(getAt(document, "/components/schemas")).toEqual({
      Money: { type: "integer" },
      Node: { properties: { next: { $ref: "#/components/schemas/Node" } } },
      Order: {
        properties: { price: { $ref: "#/components/schemas/Money" } },
        examples: [{ $ref: "#money" }],
      },
      Both: { $ref: "#/components/schemas/Money", allOf: [{ $ref: "#/components/schemas/Node" }] },
    });
  });

  it("refuses two schemas with the same anchor", () => {
    expect(() => withSchemas({ A: { $anchor: "a" }, B: { $dynamicAnchor: "a" } })).toThrow(
      "#/components/schemas/B/$dynamicAnchor: a is already the anchor of #/components/schemas/A",
    );
  });

  it.each([
    ["of another name", { A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/A" } }],
    ["put together with itself", { A: { allOf: [{ type: "object" }, { $ref: "#/components/schemas/A" }] } }],
    ["an alternative to itself", { A: { not: { $ref: "#/components/schemas/A" } } }],
    [
      "a condition of itself",
      { A: { dependentSchemas: { a: { oneOf: [{ $ref: "#/components/schemas/A" }] } } } },
    ],
  ])("refuses a schema that is %s", (_, schemas: JsonObject) => {
    expect(() => withSchemas(schemas)).toThrow(/^#\/components\/schemas\/[AB].*: #\S+ leads back to itself$/);
  });

  it("accepts a schema that contains itself", () => {
    const list = { type: "array", items: { $ref: "#/components/schemas/A" } };
    expect(() => withSchemas({ A: { anyOf: [{ type: "string" }, list] } })).not.toThrow();
  });
});

describe("follow", () => {
  const refer = (components: Json, $ref: string) =>
    follow({ ...head, components }, { node: { $ref }, pointer: "/here" });

  it("returns a node without a reference unchanged", () => {
    const start = { node: { type: "string" }, pointer: "/here" };
    expect(follow(head, start)).toEqual(start);
  });

  it("follows references to the end, and returns the place there", () => {
    const components = { a: { $ref: "#/components/b" }, b: { type: "string" } };
    expect(refer(components, "#/components/a")).toEqual({
      node: { type: "string" },
      pointer: "/components/b",
    });
  });

  it("supports the escapes of JSON Pointers and URIs", () => {
    expect(refer({ "a/b": 1 }, "#/components/a~1b").node).toBe(1);
    expect(refer({ "a b": 2 }, "#/components/a%20b").node).toBe(2);
    expect(refer({ "a%b": 3 }, "#/components/a%25b").node).toBe(3);
  });

  it("treats a property called $ref as a property", () => {
    const node = { $ref: { type: "string" } };
    expect(follow(head, { node, pointer: "" }).node).toBe(node);
  });

  it.each([
    ["#/components/gone", "leads nowhere"],
    ["#anchor", "leads nowhere"],
    ["#/components/%", "leads nowhere"],
    ["#/constructor", "leads nowhere"],
    ["other.yaml#/a", "leads out of the bundle"],
    ["#/components/circle", "leads back to itself"],
  ])("reports that %s %s, and where", (reference, problem) => {
    const components = { circle: { $ref: "#/components/back" }, back: { $ref: "#/components/circle" } };
    expect(() => refer(components, reference)).toThrow(DocumentError);
    expect(() => refer(components, reference)).toThrow(problem);
  });
});
