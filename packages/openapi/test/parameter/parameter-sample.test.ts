import {
  asDocument,
  fillParameter,
  type Json,
  type JsonObject,
  listOperations,
  type OpenApiDocument,
  type Parameter,
  parameterSample,
} from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

function described(parameter: JsonObject): { document: OpenApiDocument; parameter: Parameter } {
  const document = asDocument({
    openapi: "3.1.0",
    paths: { "/a/{b}": { get: { parameters: [{ name: "b", in: "path", required: true, ...parameter }] } } },
    components: { schemas: { Ids: { type: "array", items: { type: "integer", minimum: 4 } } } },
  });
  const [first] = listOperations(document)[0]?.parameters ?? [];
  if (first === undefined) throw new Error("there is no parameter");
  return { document, parameter: first };
}

describe("parameterSample", () => {
  it.each<[string, JsonObject, Json]>([
    ["its example", { example: "e", schema: { type: "string", default: "d" } }, "e"],
    ["its first named example", { examples: { one: { value: 3 }, two: { value: 4 } } }, 3],
    ["an example of its schema", { schema: { type: "string", examples: ["e"] } }, "e"],
    ["a plain value", { schema: { type: "integer" } }, 1],
    ["an item of its example", { example: ["e", "f"], schema: { type: "array" } }, "e"],
    ["an item of its schema's example", { schema: { type: "array", example: [7, 8] } }, 7],
    ["a plain item", { schema: { $ref: "#/components/schemas/Ids" } }, 4],
    ["some text by default", { content: { "application/json": {} } }, "text"],
  ])("is %s", (_, given, expected) => {
    const { document, parameter } = described(given);
    expect(parameterSample(document, parameter)).toBe(expected);
  });
});

describe("fillParameter", () => {
  it.each([
    ["simple", "/a/x%2Fy%20%24%26"],
    ["label", "/a/.x%2Fy%20%24%26"],
    ["matrix", "/a/;b=x%2Fy%20%24%26"],
  ])("writes in the style %s", (style, expected) => {
    expect(fillParameter("/a/{b}", described({ style }).parameter, "x/y $&")).toBe(expected);
  });
});
