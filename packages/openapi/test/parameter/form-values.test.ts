import { asDocument, formFields, formValues, type JsonObject, writtenPairs } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

const text = { type: "string" };
const SCHEMA = {
  allOf: [
    { type: "object", properties: { id: { type: "integer" }, live: { type: "boolean" }, name: text } },
    {
      properties: {
        tags: { type: "array", items: text },
        codes: { type: "array", items: { type: "integer" } },
      },
    },
  ],
  properties: {
    deep: { type: "object", properties: { size: { type: "integer" } } },
    json: { type: "object" },
  },
};
const encoding = { codes: { style: "pipeDelimited" }, deep: { style: "deepObject" } };
const POINTER = "/components/requestBodies/Form/content/application~1x-www-form-urlencoded";

const document = asDocument({
  openapi: "3.1.0",
  paths: {},
  components: {
    requestBodies: {
      Form: { content: { "application/x-www-form-urlencoded": { schema: SCHEMA, encoding } } },
    },
  },
});
const MEDIA = { type: "application/x-www-form-urlencoded", schema: `${POINTER}/schema`, examples: [] };
const read = formValues(document, MEDIA);

describe("formValues", () => {
  it.each<[form: string, value: JsonObject]>([
    ["id=5&live=true&name=5", { id: 5, live: true, name: "5" }],
    ["id=five&live=1", { id: "five", live: "1" }],
    ["name=a+b%26%C3%A4&empty=&id", { name: "a b&ä", empty: "", id: "" }],
    ["tags=a&tags=b", { tags: ["a", "b"] }],
    ["tags=a", { tags: ["a"] }],
    ["codes=1|2&codes=3", { codes: ["1|2", 3] }],
    ["codes=1%7C2", { codes: [1, 2] }],
    ["id=1&id=2", { id: ["1", "2"] }],
    ["deep[size]=7&deep%5Bother%5D=x", { deep: { size: 7, other: "x" } }],
    ['json={"a":[1]}', { json: { a: [1] } }],
    ["json=a", { json: "a" }],
    ["other=1&other=2&__proto__=x", JSON.parse('{ "other": ["1", "2"], "__proto__": "x" }')],
  ])("reads %s", (form, value) => {
    expect(read(form)).toEqual(value);
  });
});

describe("writtenPairs", () => {
  it("writes what formValues reads", () => {
    const value = { id: 5, name: "a b&ä=", tags: ["x,y", "z"], codes: [1, 2], deep: { size: 7 } };
    const fields = new Map(formFields(document, MEDIA).map((field) => [field.name, field]));
    const pairs = Object.entries(value).flatMap(([name, part]) =>
      writtenPairs(fields.get(name) ?? { name, node: {} }, part),
    );
    expect(pairs.join("&")).toBe(
      "id=5&name=a%20b%26%C3%A4%3D&tags=x%2Cy&tags=z&codes=1%7C2&deep%5Bsize%5D=7",
    );
    expect(read(pairs.join("&"))).toEqual(value);
  });

  it.each<[node: JsonObject, pairs: string[]]>([
    [{}, ["a=1", "b=x%2Cy"]],
    [{ explode: false }, ["it=a,1,b,x%2Cy"]],
    [{ style: "deepObject" }, ["it%5Ba%5D=1", "it%5Bb%5D=x%2Cy"]],
  ])("writes an object in the style of %j", (node, pairs) => {
    expect(writtenPairs({ name: "it", node }, { a: 1, b: "x,y" })).toEqual(pairs);
  });
});
