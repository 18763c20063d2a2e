import { asDocument, isFreeText, type Json, listOperations } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

function read(parameter: Record<string, Json>) {
  const parameters = [{ name: "p", in: "header", ...parameter }];
  const document = asDocument({ openapi: "3.1.0", paths: { "/things": { get: { parameters } } } });
  const [found] = listOperations(document)[0]?.parameters ?? [];
  if (found === undefined) throw new Error("one parameter was expected");
  return { document, found };
}

describe("isFreeText", () => {
  it.each<[string, Record<string, Json>, boolean]>([
    ["any text", { schema: { type: "string" } }, true],
    [
      "a described text",
      { schema: { type: "string", description: "Words.", "x-note": 1, examples: ["a"] } },
      true,
    ],
    ["a required text", { required: true, schema: { type: "string" } }, false],
    ["a text with a format", { schema: { type: "string", format: "uuid" } }, false],
    ["a listed text", { schema: { type: "string", enum: ["a"] } }, false],
    ["a number", { schema: { type: "integer" } }, false],
    ["anything", { schema: {} }, false],
    ["a reference", { schema: { $ref: "#/paths" } }, false],
    ["something without a schema", {}, false],
  ])("returns for %s: %s", (_, parameter, expected) => {
    const { document, found } = read(parameter);
    expect(isFreeText(document, found)).toBe(expected);
  });

  it("has the name of the option next to it", () => {
    expect(read({ "x-option": "appId" }).found.option).toBe("appId");
    expect(read({}).found.option).toBeUndefined();
  });
});
