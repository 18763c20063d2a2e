import type { Json } from "@dots-payouts/openapi";
import { compareDocuments } from "@dots-payouts/release";
import { describe, expect, it } from "vitest";
import { type Parts, smallSpec, withA } from "../small-spec.ts";

const where = "things.make (POST /things)";

/** The report for each direction when a schema changes. */
interface Case {
  readonly title: string;
  readonly before: Json;
  readonly after: Json;
  readonly request: readonly string[];
  readonly response: readonly string[];
  readonly components?: Record<string, Json>;
}

const cases: readonly Case[] = [
  {
    title: "a new optional property",
    before: withA({}),
    after: { type: "object", properties: { a: {}, b: {} } },
    request: ["addition: `b` in the request is new, and optional."],
    response: ["addition: `b` in the 200 response is new, and optional."],
  },
  {
    title: "a new required property",
    before: withA({}),
    after: { type: "object", required: ["b"], properties: { a: {}, b: {} } },
    request: ["breaking: `b` in the request is new, and required."],
    response: ["addition: `b` in the 200 response is new, and required."],
  },
  {
    title: "a property less",
    before: withA({}, { required: ["a"] }),
    after: { type: "object" },
    request: ["breaking: `a` in the request is gone."],
    response: ["breaking: `a` in the 200 response is gone."],
  },
  {
    title: "a property that becomes required",
    before: withA({}),
    after: withA({}, { required: ["a"] }),
    request: ["breaking: `a` in the request is now required."],
    response: ["addition: `a` in the 200 response is now required."],
  },
  {
    title: "a property that becomes optional",
    before: withA({}, { required: ["a"] }),
    after: withA({}),
    request: ["addition: `a` in the request is now optional."],
    response: ["breaking: `a` in the 200 response is now optional."],
  },
  {
    // Other tools disagree about responses: some call it breaking, some harmless. This description says that lists
    // may grow, so readers are prepared.
    title: "a value more in an enumeration",
    before: withA({ enum: ["x"] }),
    after: withA({ enum: ["x", "y"] }),
    request: ['addition: `a` in the request also accepts `"y"`.'],
    response: ['addition: `a` in the 200 response may also be `"y"`.'],
  },
  {
    // Other tools call it harmless in a response. But code that compares with the value no longer compiles.
    title: "a value less in an enumeration",
    before: withA({ enum: ["x", "y"] }),
    after: withA({ enum: ["x"] }),
    request: ['breaking: `a` in the request no longer accepts `"y"`.'],
    response: ['breaking: `a` in the 200 response is no longer `"y"`.'],
  },
  {
    title: "a constant that becomes another",
    before: withA({ const: "x" }),
    after: withA({ const: "y" }),
    request: [
      'addition: `a` in the request also accepts `"y"`.',
      'breaking: `a` in the request no longer accepts `"x"`.',
    ],
    response: [
      'addition: `a` in the 200 response may also be `"y"`.',
      'breaking: `a` in the 200 response is no longer `"x"`.',
    ],
  },
  {
    title: "a new enumeration",
    before: withA({ type: "string" }),
    after: withA({ type: "string", enum: ["x"] }),
    request: ["breaking: `a` in the request is limited to listed values."],
    response: ["addition: `a` in the 200 response is limited to listed values."],
  },
  {
    title: "a type that includes the old one",
    before: withA({ type: "integer" }),
    after: withA({ type: "number" }),
    request: ["addition: `a` in the request changes its type from integer to number."],
    response: ["breaking: `a` in the 200 response changes its type from integer to number."],
  },
  {
    title: "a type that the old one includes",
    before: withA({ type: ["string", "null"] }),
    after: withA({ type: "string" }),
    request: ["breaking: `a` in the request changes its type from null or string to string."],
    response: ["addition: `a` in the 200 response changes its type from null or string to string."],
  },
  {
    title: "another type",
    before: withA({ type: "number" }),
    after: withA({ type: "string" }),
    request: ["breaking: `a` in the request changes its type from number to string."],
    response: ["breaking: `a` in the 200 response changes its type from number to string."],
  },
  {
    title: "a new format",
    before: withA({ type: "string" }),
    after: withA({ type: "string", format: "uuid" }),
    request: ['breaking: `a` in the request now has format "uuid".'],
    response: ['addition: `a` in the 200 response now has format "uuid".'],
  },
  {
    title: "another format",
    before: withA({ type: "string", format: "uuid" }),
    after: withA({ type: "string", format: "email" }),
    request: ['breaking: `a` in the request changes format from "uuid" to "email".'],
    response: ['breaking: `a` in the 200 response changes format from "uuid" to "email".'],
  },
  {
    title: "a lower bound that rises",
    before: withA({ exclusiveMinimum: 0 }),
    after: withA({ exclusiveMinimum: 99 }),
    request: ["breaking: `a` in the request changes exclusiveMinimum from 0 to 99."],
    response: ["addition: `a` in the 200 response changes exclusiveMinimum from 0 to 99."],
  },
  {
    // One tool does not report a removed bound. For callers it is new: they may send more.
    title: "a removed lower bound",
    before: withA({ exclusiveMinimum: 0 }),
    after: withA({}),
    request: ["addition: `a` in the request no longer has exclusiveMinimum 0."],
    response: ["breaking: `a` in the 200 response no longer has exclusiveMinimum 0."],
  },
  {
    title: "an upper bound that rises",
    before: withA({ maxLength: 10 }),
    after: withA({ maxLength: 20 }),
    request: ["addition: `a` in the request changes maxLength from 10 to 20."],
    response: ["breaking: `a` in the 200 response changes maxLength from 10 to 20."],
  },
  {
    title: "another pattern, which can't be weighed against the old one",
    before: withA({ pattern: "^a" }),
    after: withA({ pattern: "^b" }),
    request: ['breaking: `a` in the request changes pattern from "^a" to "^b".'],
    response: ['breaking: `a` in the 200 response changes pattern from "^a" to "^b".'],
  },
  {
    // Other tools call a changed default harmless. But callers that leave the field out get something else.
    title: "another default",
    before: withA({ default: false }),
    after: withA({ default: true }),
    request: ["breaking: `a` in the request changes default from false to true."],
    response: ["words: `a` in the 200 response changes default from false to true."],
  },
  {
    title: "another default that has a description in it",
    before: withA({ default: { description: "x" } }),
    after: withA({ default: { description: "y" } }),
    request: [
      'breaking: `a` in the request changes default from {"description":"x"} to {"description":"y"}.',
    ],
    response: [
      'words: `a` in the 200 response changes default from {"description":"x"} to {"description":"y"}.',
    ],
  },
  {
    title: "a pattern of names that is called like a word",
    before: { patternProperties: { title: { maxLength: 5 } } },
    after: { patternProperties: { title: { maxLength: 4 } } },
    request: [
      'breaking: The request changes patternProperties from {"title":{"maxLength":5}} to {"title":{"maxLength":4}}.',
    ],
    response: [
      'addition: The 200 response changes patternProperties from {"title":{"maxLength":5}} to {"title":{"maxLength":4}}.',
    ],
  },
  {
    title: "a new default",
    before: withA({}),
    after: withA({ default: true }),
    request: ["addition: `a` in the request now has default true."],
    response: ["words: `a` in the 200 response now has default true."],
  },
  {
    title: "a change in the items of an array",
    before: withA({ type: "array", items: { enum: ["x", "y"] } }),
    after: withA({ type: "array", items: { enum: ["x"] } }),
    request: ['breaking: `a[]` in the request no longer accepts `"y"`.'],
    response: ['breaking: `a[]` in the 200 response is no longer `"y"`.'],
  },
  {
    title: "an object that is closed",
    before: withA({}),
    after: withA({}, { additionalProperties: false }),
    request: ["breaking: The request limits unlisted properties."],
    response: ["addition: The 200 response limits unlisted properties."],
  },
  {
    title: "an alternative more",
    before: { anyOf: [{ required: ["a"] }] },
    after: { anyOf: [{ required: ["a"] }, { required: ["b"] }] },
    request: ["addition: The request has one alternative more."],
    response: ["breaking: The 200 response has one alternative more."],
  },
  {
    title: "an alternative less",
    before: { anyOf: [{ required: ["a"] }, { required: ["b"] }] },
    after: { anyOf: [{ required: ["b"] }] },
    request: ["breaking: The request has one alternative less."],
    response: ["addition: The 200 response has one alternative less."],
  },
  {
    title: "a change inside an alternative",
    before: { oneOf: [withA({ minimum: 1 }), { type: "null" }] },
    after: { oneOf: [withA({ minimum: 2 }), { type: "null" }] },
    request: ["breaking: `a` in the request changes minimum from 1 to 2."],
    response: ["addition: `a` in the 200 response changes minimum from 1 to 2."],
  },
  {
    title: "a new condition",
    before: {},
    after: JSON.parse('{"title": "A needs B", "if": {"required": ["a"]}, "then": {"required": ["b"]}}'),
    request: ["breaking: The request has a new condition (A needs B)."],
    response: ["addition: The 200 response has a new condition (A needs B)."],
  },
  {
    title: "an extension that no rule knows",
    before: withA({}),
    after: withA({ "x-secret": true }),
    request: ["breaking: `a` in the request now has x-secret true."],
    response: ["breaking: `a` in the 200 response now has x-secret true."],
  },
  {
    title: "a keyword that no rule knows",
    before: withA({ contains: { type: "string" } }),
    after: withA({ contains: { type: "number" } }),
    request: ['breaking: `a` in the request changes contains from {"type":"string"} to {"type":"number"}.'],
    response: [
      'breaking: `a` in the 200 response changes contains from {"type":"string"} to {"type":"number"}.',
    ],
  },
  {
    title: "a generated value that is generated no longer",
    before: withA({ "x-generate": "uuid" }),
    after: withA({}),
    request: ['breaking: `a` in the request no longer has x-generate "uuid".'],
    response: ['breaking: `a` in the 200 response no longer has x-generate "uuid".'],
  },
  {
    title: "a value that is said to reach a person",
    before: withA({ enum: ["x"], "x-delivers": ["x"] }),
    after: withA({ enum: ["x", "y"], "x-delivers": ["x", "y"] }),
    request: [
      'addition: `a` in the request also accepts `"y"`.',
      'addition: `a` in the request changes x-delivers from ["x"] to ["x","y"].',
    ],
    response: [
      'addition: `a` in the 200 response may also be `"y"`.',
      'addition: `a` in the 200 response changes x-delivers from ["x"] to ["x","y"].',
    ],
  },
  {
    title: "a deprecated property",
    before: withA({}),
    after: withA({ deprecated: true }),
    request: ["addition: `a` in the request now has deprecated true."],
    response: ["addition: `a` in the 200 response now has deprecated true."],
  },
  {
    title: "a change in a schema that contains itself, once",
    components: { Node: { type: "object", properties: { next: { $ref: "#/components/schemas/Node" } } } },
    before: { $ref: "#/components/schemas/Node" },
    after: { allOf: [{ $ref: "#/components/schemas/Node" }, { required: ["next"] }] },
    request: ["breaking: `next` in the request is now required."],
    response: ["addition: `next` in the 200 response is now required."],
  },
];

function said(before: Parts, after: Parts): string[] {
  const changes = compareDocuments(smallSpec(before), smallSpec(after));
  expect(new Set(changes.map((change) => change.where))).toEqual(new Set([where]));
  return changes.map(({ impact, text }) => `${impact}: ${text}`);
}

describe.each(cases)("$title", ({ before, after, request, response, components = {} }) => {
  it("is judged in a request", () => {
    expect(said({ request: before, components }, { request: after, components })).toEqual(request);
  });

  it("is judged in a response", () => {
    expect(said({ response: before, components }, { response: after, components })).toEqual(response);
  });
});

describe("another way to write the same", () => {
  const Text = { type: "string", minLength: 1 };
  const components = { Text };
  const rewritings: [string, Json, Json][] = [
    ["a reference in place of a schema", withA(Text), withA({ $ref: "#/components/schemas/Text" })],
    [
      "an allOf in place of one schema",
      withA(Text),
      { allOf: [{ type: "object" }, { properties: { a: Text } }] },
    ],
    ["another order of keys", { type: "object", required: ["a"] }, { required: ["a"], type: "object" }],
    ["another order of a list", withA({ enum: ["x", "y"] }), withA({ enum: ["y", "x"] })],
    [
      "another order of alternatives",
      { anyOf: [{ type: "string" }, Text] },
      { anyOf: [Text, { type: "string" }] },
    ],
    ["a constant in place of an enumeration of one", withA({ enum: ["x"] }), withA({ const: "x" })],
    [
      "alternatives in place of an enumeration",
      withA({ type: "string", enum: ["x", "y"] }),
      withA({ oneOf: [{ const: "x" }, { const: "y" }] }),
    ],
    ["`true` in place of an empty schema", withA(true), withA({})],
    ["what is open by default said in so many words", withA({}), withA({}, { additionalProperties: true })],
    ["no uniqueness", withA({ type: "array" }), withA({ type: "array", uniqueItems: false })],
    ["no least length", withA({ type: "string" }), withA({ type: "string", minLength: 0 })],
    [
      "the first whole number after a bound",
      withA({ type: "integer", exclusiveMinimum: 0 }),
      withA({ type: "integer", minimum: 1 }),
    ],
    ["whole numbers by a multiple", withA({ type: "integer" }), withA({ type: "number", multipleOf: 1 })],
    [
      "a bound that another one makes redundant",
      withA({ minimum: 2 }),
      withA({ minimum: 2, exclusiveMinimum: 1 }),
    ],
    ["not deprecated", withA({}), withA({ deprecated: false })],
    ["a list that leaves the type no more", withA({ enum: ["x", 1], type: "string" }), withA({ const: "x" })],
  ];

  it.each(rewritings)("is no change: %s", (_, before, after) => {
    for (const side of ["request", "response"]) {
      expect(
        compareDocuments(smallSpec({ [side]: before, components }), smallSpec({ [side]: after, components })),
      ).toEqual([]);
    }
  });

  it.each<[string, Json, Json]>([
    ["a description", withA({ description: "One." }), withA({ description: "Two." })],
    ["an example", withA({ examples: [1] }), withA({ examples: [2] })],
    ["an example with a reference in it", withA({ examples: [{ $ref: "#/no" }] }), withA({})],
    [
      "another list of values although all strings are allowed",
      withA({ anyOf: [{ enum: ["x"] }, { type: "string" }] }),
      withA({ anyOf: [{ enum: ["x", "y"] }, { type: "string" }] }),
    ],
    ["the reason of an assumption", withA({ "x-assumption": "One." }), withA({ "x-assumption": "Two." })],
  ])("is words: %s", (_, before, after) => {
    const changes = compareDocuments(smallSpec({ request: before }), smallSpec({ request: after }));
    expect(changes.map(({ impact }) => impact)).toEqual(["words"]);
  });
  it("treats a property with the name of a description as a property", () => {
    const properties = (names: string[]): Json => ({
      properties: Object.fromEntries(names.map((name) => [name, {}])),
    });
    expect(
      said({ request: properties(["description", "title"]) }, { request: properties(["title"]) }),
    ).toEqual(["breaking: `description` in the request is gone."]);
  });

  const LIKE_WORDS = ["description", "title", "tags", "summary", "example"];

  it.each(LIKE_WORDS)("treats a name or value that looks like a description as what it is: %s", (word) => {
    const changes: [Json, Json][] = [
      [{ dependentRequired: { [word]: ["a"] } }, { dependentRequired: { [word]: ["a", "b"] } }],
      [{ dependentRequired: {} }, { dependentRequired: { [word]: ["a"] } }],
      [{ dependentSchemas: {} }, { dependentSchemas: { [word]: { required: ["a"] } } }],
      [{ patternProperties: {} }, { patternProperties: { [word]: { type: "string" } } }],
      [withA({ default: { [word]: "x" } }), withA({ default: { [word]: "y" } })],
      [withA({ const: { [word]: "x" } }), withA({ const: { [word]: "y" } })],
      [withA({ enum: [{ [word]: "x" }] }), withA({ enum: [{ [word]: "y" }] })],
      [{ not: { required: ["a"] } }, { not: { properties: { [word]: { type: "string" } } } }],
    ];
    for (const [before, after] of changes) {
      const found = compareDocuments(smallSpec({ request: before }), smallSpec({ request: after }));
      expect(
        found.map(({ impact }) => impact),
        JSON.stringify(after),
      ).toContain("breaking");
    }
  });
});

describe("conditions", () => {
  const phone = (country: Json): Json => ({ type: "object", required: ["country"], properties: { country } });
  const spec = (then: Json, when: Json = { const: "sms" }): Json =>
    JSON.parse(
      JSON.stringify({
        title: "SMS needs a phone",
        type: "object",
        properties: { method: { type: "string" }, phone: { type: "object" } },
        if: { required: ["method"], properties: { method: when } },
        then,
      }),
    );
  const needing = (country: Json): Json =>
    spec({ required: ["phone"], properties: { phone: phone(country) } });

  it("are reported by what changes in them, not as one removed and one added", () => {
    expect(said({ request: needing({}) }, { request: needing({ pattern: "^1" }) })).toEqual([
      'breaking: `phone.country` in the request now has pattern "^1" (where SMS needs a phone).',
    ]);
  });

  it("can require less in a request", () => {
    const [strict, loose] = [spec({ required: ["phone", "name"] }), spec({ required: ["phone"] })];
    expect(said({ request: strict }, { request: loose })).toEqual([
      "addition: `name` in the request is now optional (where SMS needs a phone).",
    ]);
    expect(said({ request: loose }, { request: strict })).toEqual([
      "breaking: `name` in the request is now required (where SMS needs a phone).",
    ]);
  });

  it("that apply to more values break callers that send those", () => {
    const then = { required: ["phone"] };
    expect(said({ request: spec(then) }, { request: spec(then, { enum: ["sms", "call"] }) })).toEqual([
      "breaking: The request has a changed condition (SMS needs a phone).",
    ]);
    expect(said({ request: spec(then, { enum: ["sms", "call"] }) }, { request: spec(then) })).toEqual([
      "addition: The request has a changed condition (SMS needs a phone).",
    ]);
  });
});

describe("OpenAPI 3.0", () => {
  const document = { openapi: "3.0.3" };
  const impacts = (before: Json, after: Json): string[] =>
    compareDocuments(
      smallSpec({ response: withA(before), document }),
      smallSpec({ response: withA(after), document }),
    ).map(({ impact }) => impact);

  it("allows null in a response with `nullable`", () => {
    const text = { type: "string" };
    expect(impacts(text, { ...text, nullable: true })).toEqual(["breaking"]);
    expect(impacts({ ...text, nullable: true }, text)).toEqual(["addition"]);
    expect(impacts(text, { ...text, nullable: false })).toEqual([]);
  });

  it("excludes a bound with a boolean", () => {
    const number = { type: "number", minimum: 0 };
    expect(impacts({ ...number, exclusiveMinimum: true }, number)).toEqual(["breaking"]);
    expect(impacts(number, { ...number, exclusiveMinimum: true })).toEqual(["addition"]);
    expect(impacts(number, { ...number, exclusiveMinimum: false })).toEqual([]);
  });

  it("can become 3.1 without a change", () => {
    const old = smallSpec({ response: withA({ type: "string", nullable: true }), document });
    expect(compareDocuments(old, smallSpec({ response: withA({ type: ["string", "null"] }) }))).toEqual([]);
  });
});

describe("advice", () => {
  const advice = (before: Parts, after: Parts): unknown =>
    compareDocuments(smallSpec(before), smallSpec(after)).map((change) => change.advice);

  it("says whose contract run fails because of a change that breaks no caller", () => {
    expect(advice({ response: withA({}) }, { response: withA({}, { required: ["a"] }) })).toEqual([
      { mock: "always sends it.", contract: "a server that leaves it out fails the run." },
    ]);
    expect(advice({ success: {} }, { success: { "x-echo": { "/a": "/b" } } })).toEqual([
      { mock: "returns it.", contract: "a server that does not return it fails the run." },
    ]);
  });

  it("says what callers have to do, and where the mock refuses them", () => {
    expect(advice({ request: withA({}) }, { request: withA({}, { required: ["a"] }) })).toEqual([
      {
        client: "send it: code without it no longer compiles.",
        mock: "refuses requests without it.",
        contract: "a server that accepts requests without it fails the run.",
      },
    ]);
  });
});
