import { asDocument, type Json } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { conditionSentences } from "../src/describe/conditions.ts";
import { fieldList } from "../src/describe/field-list.ts";

function sentences(schema: Json, schemas: Record<string, Json> = {}): string[] {
  const document = asDocument({
    openapi: "3.1.0",
    paths: {},
    components: { schemas: { Subject: schema, ...schemas } },
  });
  return conditionSentences(document, "/components/schemas/Subject");
}

const when = (condition: Json, consequence: Json, otherwise: Json = true): Json => ({
  if: condition,
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: consequence,
  else: otherwise,
});
const has = (name: string, schema: Json): Json => ({ required: [name], properties: { [name]: schema } });

describe("conditions in words", () => {
  it.each<[string, Json, string[]]>([
    [
      "a field with one value",
      when(has("method", { const: "sms" }), { required: ["phone"] }),
      ["`phone` is required when `method` is `sms`."],
    ],
    [
      "a field with one of several values",
      when(has("method", { enum: ["sms", "call", "fax"] }), { required: ["phone"] }),
      ["`phone` is required when `method` is `sms`, `call` or `fax`."],
    ],
    [
      "nested fields on both sides",
      when(has("delivery", has("method", { const: "sms" })), has("payee", { required: ["code", "number"] })),
      ["`payee.code` and `payee.number` are required when `delivery.method` is `sms`."],
    ],
    [
      "several of them, each with its own condition",
      {
        allOf: [
          when(has("method", { const: "sms" }), { required: ["phone"] }),
          when(has("method", { const: "email" }), { required: ["email"] }),
        ],
      },
      ["`phone` is required when `method` is `sms`.", "`email` is required when `method` is `email`."],
    ],
    [
      "a field that exists",
      when({ required: ["start"] }, { required: ["end"] }),
      ["`end` is required when `start` is given."],
    ],
    [
      "the other case",
      when(has("kind", { const: "person" }), true, { required: ["company"] }),
      ["`company` is required when `kind` is not `person`."],
    ],
    [
      "fields that go together",
      { dependentRequired: { a: ["b", "c"] } },
      ["`b` and `c` are required when `a` is given."],
    ],
    [
      "nothing for conditions that words can't express",
      when(has("n", { minimum: 5 }), { required: ["x"] }),
      [],
    ],
    ["nothing for an alternative", { anyOf: [when({ required: ["a"] }, { required: ["b"] }), {}] }, []],
  ])("are described as %s", (_what, schema, said) => {
    expect(sentences(schema)).toEqual(said);
  });

  it("follow references, and support names with a slash", () => {
    const reference = { $ref: "#/components/schemas/Phone" };
    expect(
      sentences(when(has("a/b", { const: 1 }), has("c/d", reference)), { Phone: { required: ["n~1"] } }),
    ).toEqual(["`c/d.n~1` is required when `a/b` is `1`."]);
  });

  it("are shown with their fields, after the fields that are always required", () => {
    const schema = {
      allOf: [
        { properties: { late: { type: "string" }, phone: { type: "string" }, method: { type: "string" } } },
        { required: ["method"] },
        when(has("method", { const: "sms" }), { required: ["phone"] }),
      ],
    };
    const document = asDocument({
      openapi: "3.1.0",
      paths: {},
      components: { schemas: { Subject: schema } },
    });
    const list = fieldList(document, "/components/schemas/Subject");
    expect([...list.matchAll(/\*\*`(\w+)`\*\*/g)].map(([, name]) => name)).toEqual([
      "method",
      "phone",
      "late",
    ]);
    expect(list).toContain("**Required when `method` is `sms`.**");
  });
});
