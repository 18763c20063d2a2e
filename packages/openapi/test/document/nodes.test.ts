import {
  changeNodes,
  eachNode,
  type Json,
  keywordsIn,
  leadToSchema,
  namesInherited,
  subschemas,
  withoutExamples,
} from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

/** The pointers to all nodes. */
function nodesOf(root: Json): string[] {
  const found: string[] = [];
  eachNode(root, (_, { pointer }) => found.push(pointer));
  return found;
}

describe("the nodes of a schema", () => {
  it.each([
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
  ])("are below %s", (keyword) => {
    const inner = { type: "string" };
    expect(nodesOf({ [keyword]: inner })).toEqual(["", `/${keyword}`]);
    expect(subschemas({ [keyword]: inner })).toEqual([inner]);
    expect(leadToSchema([keyword])).toBe(true);
    expect(leadToSchema([keyword, "properties"])).toBe(false);
  });

  it.each(["allOf", "anyOf", "oneOf", "prefixItems"])("are in the list of %s", (keyword) => {
    const list = [{ type: "string" }, true];
    expect(nodesOf({ [keyword]: list })).toEqual(["", `/${keyword}/0`]);
    expect(subschemas({ [keyword]: list })).toEqual(list);
    expect(leadToSchema([keyword])).toBe(false);
    expect(leadToSchema([keyword, "0", "items"])).toBe(true);
  });

  it.each(["$defs", "definitions", "dependentSchemas", "patternProperties", "properties"])(
    "are found by name in %s, whatever the names are",
    (keyword) => {
      const map = { default: { type: "string" }, enum: { type: "string" }, properties: true, "a/b": {} };
      const places = ["default", "enum", "a~1b"].map((name) => `/${keyword}/${name}`);
      expect(nodesOf({ [keyword]: map })).toEqual(["", ...places]);
      expect(subschemas({ [keyword]: map })).toEqual(Object.values(map));
      expect(leadToSchema([keyword])).toBe(false);
      expect(leadToSchema([keyword, "properties", "allOf", "1"])).toBe(true);
    },
  );

  it.each(["const", "default", "enum", "example", "examples"])(
    "are not found in the data of %s",
    (keyword) => {
      expect(nodesOf({ [keyword]: [{ properties: { a: {} } }] })).toEqual([""]);
      expect(subschemas({ [keyword]: [{}] })).toEqual([]);
      expect(leadToSchema([keyword, "0"])).toBe(false);
    },
  );
});

describe("the nodes of a document", () => {
  const document = {
    paths: {
      "/a": {
        post: {
          parameters: [
            { name: "b", schema: { type: "string" }, examples: { one: { value: { $ref: "no" } } } },
          ],
          responses: {
            default: {
              headers: { example: { schema: {} } },
              content: { "text/plain": { schema: {}, example: { a: {} } } },
            },
          },
          callbacks: { done: { "{$request.body#/url}": { post: {} } } },
          security: [{ default: [] }],
        },
      },
    },
    "x-own": { Schema: { properties: { value: {} } } },
  };

  it("are what OpenAPI describes, not the maps around it or the data in it", () => {
    const post = "/paths/~1a/post";
    expect(nodesOf(document)).toEqual([
      "",
      "/paths/~1a",
      post,
      `${post}/parameters/0`,
      `${post}/parameters/0/schema`,
      `${post}/parameters/0/examples/one`,
      `${post}/responses/default`,
      `${post}/responses/default/headers/example`,
      `${post}/responses/default/headers/example/schema`,
      `${post}/responses/default/content/text~1plain`,
      `${post}/responses/default/content/text~1plain/schema`,
      `${post}/callbacks/done`,
      `${post}/callbacks/done/{$request.body#~1url}`,
      `${post}/callbacks/done/{$request.body#~1url}/post`,
      "/x-own",
      "/x-own/Schema",
      "/x-own/Schema/properties/value",
    ]);
  });

  it("can be changed one by one, and unchanged nodes are shared", () => {
    const before = { a: { items: { type: "string" } }, b: { type: "integer" }, enum: [{ type: "string" }] };
    const after = changeNodes(before, (node, walk) =>
      node["type"] === "string" ? { type: "text" } : walk.below(node),
    );
    expect(after).toEqual({ ...before, a: { items: { type: "text" } } });
    expect(after["b"]).toBe(before.b);
    expect(changeNodes(before, (node, walk) => walk.below(node))).toBe(before);
  });

  it("can have names that are special to JavaScript", () => {
    const properties: Json = JSON.parse('{"properties":{"__proto__":{"title":"a"},"b":{"title":"b"}}}');
    const after = changeNodes(properties, (node, walk) => {
      const { title: _, ...rest } = node;
      return walk.below(rest);
    });
    expect(JSON.stringify(after)).toBe('{"properties":{"__proto__":{},"b":{}}}');
  });
});

it("separates the keywords from the names in a path", () => {
  expect(keywordsIn(["components", "schemas", "if", "properties", "not", "else"])).toEqual([
    "components",
    "schemas",
    "properties",
    "else",
  ]);
  expect(keywordsIn(["properties", "properties", "properties", "if"])).toEqual(["properties", "properties"]);
});

it("withoutExamples removes examples, but not names or data that look like them", () => {
  const schema = {
    properties: { example: { const: { example: 1 } } },
    example: {},
    examples: [{ $id: "a" }],
  };
  const { properties } = schema;
  expect(withoutExamples({ components: { schemas: { examples: schema }, examples: { a: {} } } })).toEqual({
    components: { schemas: { examples: { properties } } },
  });
});

it("namesInherited finds inherited names that a schema declares or requires", () => {
  expect(namesInherited({ items: { properties: { constructor: {} } } })).toBe(true);
  expect(namesInherited({ "x-own": { anyOf: [{ required: ["toString"] }] } })).toBe(true);
  expect(namesInherited({ example: { required: ["toString"] }, required: ["name"] })).toBe(false);
});

it("withoutExamples keeps a property called like an example if others depend on it", () => {
  const schema = { dependentRequired: { example: ["a"], examples: ["b"] } };
  expect(withoutExamples({ components: { schemas: { One: schema } } })).toEqual({
    components: { schemas: { One: schema } },
  });
});
