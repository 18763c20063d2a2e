import { type Cache, targets } from "@dots-payouts/codegen";
import type { Json, JsonObject } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { smallSpec } from "./small-spec.ts";

interface Validate {
  (data: unknown): boolean;
  readonly errors?: readonly { readonly instancePath: string }[] | null;
}

interface Validators {
  readonly requests: Readonly<Record<string, Validate>>;
  readonly answers: Readonly<Record<string, Validate>>;
}

async function source(schemas: JsonObject, cache?: Cache): Promise<string> {
  return (await targets.get("client")?.(smallSpec({ schemas }), cache))?.["validators.js"] ?? "";
}

async function load(schemas: JsonObject): Promise<Validators> {
  const text = await source(schemas);
  return import(`data:text/javascript,${encodeURIComponent(text)}`);
}

describe("the validators", () => {
  it("check request bodies by operation", async () => {
    const { requests } = await load({});
    expect([{ size: 200 }, { size: "big" }, {}].map((body) => requests["orderTea"]?.(body))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("check responses by operation and status, and allow values that are added later", async () => {
    const { answers } = await load({});
    const check = answers["orderTea 201"];
    expect([{ state: "hot" }, { state: "tepid" }, { state: 7 }].map((data) => check?.(data))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("check formats without a library", async () => {
    const Order = { type: "object", properties: { id: { type: "string", format: "uuid" } } };
    const { requests } = await load({ Order });
    const ids = ["5f0c8f3a-8f0e-4e0b-9a57-2f6f1f8f7c11", "5f0c"];
    expect(ids.map((id) => requests["orderTea"]?.({ id }))).toEqual([true, false]);
  });

  it.each([
    ["apart", {}],
    ["together with what it refers to", { spoon: { unevaluatedProperties: false } }],
  ])("check multiples in decimals, with a schema compiled %s", async (_, more) => {
    const properties = { size: { type: "number", multipleOf: 0.01 }, ...more };
    const { requests } = await load({ Order: { type: "object", properties } });
    const check = requests["orderTea"];
    const sizes = [19.99, 4.35, 0.29, 0.07, 7, 0.075, 19.990000001];
    expect(sizes.map((size) => check?.({ size }))).toEqual([true, true, true, true, true, false, false]);
    expect(check?.errors).toMatchObject([{ keyword: "multipleOf", params: { multipleOf: 0.01 } }]);
  });

  it("keep rules that are spelled like an annotation", async () => {
    const Order = { properties: { size: { const: { title: "big", default: 1 } } } };
    const { requests } = await load({ Order });
    const sizes = [{ title: "big", default: 1 }, { title: "big" }, {}];
    expect(sizes.map((size) => requests["orderTea"]?.({ size }))).toEqual([true, false, false]);
  });

  it("accept a value that matches one of several open alternatives", async () => {
    const leaf = (values: string[]) => ({ type: "object", properties: { kind: { enum: values } } });
    const Cup = { oneOf: [leaf(["green", "white"]), leaf(["black", "red"])] };
    const { answers } = await load({ Cup });
    expect(answers["orderTea 201"]?.({ kind: "green" })).toBe(true);
  });

  it("do not mistake inherited names for properties", async () => {
    const Order = {
      type: "object",
      required: ["toString"],
      properties: { constructor: { type: "string" }, toString: {} },
    };
    const { requests } = await load({ Order });
    expect([{ toString: 1 }, {}].map((body) => requests["orderTea"]?.(body))).toEqual([true, false]);
  });

  it("are generated once if operations share a schema", async () => {
    const Shared = {
      description: "Shared.",
      content: { "application/json": { schema: { type: "object" } } },
    };
    const reference = { $ref: "#/components/responses/Shared" };
    const document = smallSpec({ operation: { responses: { "200": reference, "201": reference } } });
    const components = document["components"];
    const files = await targets.get("client")?.({
      ...document,
      components: { ...(typeof components === "object" ? components : {}), responses: { Shared } },
    });
    const { answers }: Validators = await import(
      `data:text/javascript,${encodeURIComponent(files?.["validators.js"] ?? "")}`
    );
    expect([answers["orderTea 200"]?.({}), answers["orderTea 201"]?.([])]).toEqual([true, false]);
  });

  it("are refused if a schema does not compile, with its place", async () => {
    const Order = { type: "object", properties: { kind: { type: "string", pattern: "(" } } };
    await expect(load({ Order })).rejects.toThrow(
      /^#\/components\/schemas\/Order: the schema does not compile: .*\(/,
    );
  });

  it("check keywords next to a reference", async () => {
    const Order = { $ref: "#/components/schemas/Cup", required: ["handle"] };
    const Cup = { type: "object", properties: { size: { type: "integer" } } };
    const { requests } = await load({ Order, Cup });
    const bodies = [{ handle: true, size: 1 }, { handle: true, size: "big" }, { size: 1 }];
    expect(bodies.map((body) => requests["orderTea"]?.(body))).toEqual([true, false, false]);
  });

  it("report where in the value a rule is broken, including rules of referenced schemas", async () => {
    const Order = {
      type: "object",
      required: ["size"],
      properties: { guests: { type: "array", items: { $ref: "#/components/schemas/Order" } } },
    };
    const { requests } = await load({ Order });
    const check = requests["orderTea"];
    expect(check?.({ size: 1, guests: [{ size: 1, guests: [{}] }, {}] })).toBe(false);
    expect(check?.errors?.map(({ instancePath }) => instancePath)).toEqual([
      "/guests/0/guests/0",
      "/guests/1",
    ]);
    expect(check?.({ size: 1, guests: [{ size: 1, guests: [] }] })).toBe(true);
  });

  it("follow references to any place, and distinguish names that only differ in signs", async () => {
    const Order = {
      type: "object",
      properties: {
        state: { $ref: "#/components/schemas/Cup/properties/state" },
        cup: { $ref: "#/paths/~1orders/post/responses/201/content/application~1json/schema" },
        kind: { $ref: "#/components/schemas/leaf-kind" },
        count: { $ref: "#/components/schemas/leaf_kind" },
        list: { $ref: "#/components/schemas/Array" },
      },
    };
    const Cup = { type: "object", properties: { state: { type: "string", maxLength: 4 } } };
    const { requests } = await load({
      Order,
      Cup,
      "leaf-kind": { type: "string" },
      leaf_kind: { type: "integer" },
      Array: { type: "array", items: { type: "string" } },
    });
    const check = (data: JsonObject) => requests["orderTea"]?.(data);
    expect(check({ state: "hot", cup: { state: "cold" }, kind: "green", count: 2, list: ["a"] })).toBe(true);
    const wrong = [
      { state: "tepid" },
      { cup: { state: "tepid" } },
      { kind: 2 },
      { count: "green" },
      { list: [1] },
    ];
    expect(wrong.map(check)).toEqual(wrong.map(() => false));
  });

  it("ignore values that look like references", async () => {
    const Order = {
      type: "object",
      properties: { $ref: { type: "string" }, tea: { const: { $ref: "#/green" } } },
    };
    const { requests } = await load({ Order });
    const bodies = [{ $ref: "a", tea: { $ref: "#/green" } }, { $ref: 1 }, { tea: { $ref: "#/black" } }];
    expect(bodies.map((body) => requests["orderTea"]?.(body))).toEqual([true, false, false]);
  });

  it("know what referenced schemas have evaluated, and find places by name", async () => {
    const Order = {
      $ref: "#/components/schemas/Cup",
      properties: { spoon: { $ref: "#/components/schemas/Spoon/$defs/large" } },
      unevaluatedProperties: false,
    };
    const Cup = { type: "object", properties: { size: { type: "integer" } } };
    const Spoon = { $defs: { large: { $anchor: "large", type: "boolean" } } };
    const { requests } = await load({ Order, Cup, Spoon });
    const bodies = [{ size: 1, spoon: true }, { size: 1, fork: true }, { size: "big" }, { spoon: 1 }];
    expect(bodies.map((body) => requests["orderTea"]?.(body))).toEqual([true, false, false, false]);
  });

  const text = { type: "string" };
  const having = (properties: JsonObject): JsonObject => ({ properties });
  it.each<[string, JsonObject, JsonObject[], JsonObject[]]>([
    [
      "an alternative only if it accepts the value",
      { anyOf: [having({ a: text }), having({ b: text })] },
      [{}, { a: "x" }, { a: "x", b: "y" }],
      [
        { a: "x", b: 1 },
        { a: "x", c: 1 },
      ],
    ],
    [
      "one of several alternatives",
      {
        oneOf: [
          { ...having({ a: text }), required: ["a"] },
          { ...having({ b: text }), required: ["b"] },
        ],
      },
      [{ a: "x" }, { b: "x" }],
      [{ a: "x", b: 1 }, {}],
    ],
    [
      "a condition and what follows from it",
      {
        if: { ...having({ a: text }), required: ["a"] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: having({ b: text }),
        else: having({ c: text }),
      },
      [{ a: "x", b: "y" }, { c: "x" }, {}],
      [{ a: "x", c: "y" }, { b: "x" }, { a: 1, c: "x" }],
    ],
    [
      "what a property brings with it",
      { ...having({ a: text }), dependentSchemas: { a: having({ b: text }) } },
      [{ a: "x", b: "y" }, { a: "x" }],
      [{ b: "y" }],
    ],
    [
      "patterns, in any case and at times",
      { patternProperties: { "^x-": text }, anyOf: [{ patternProperties: { "^y-": text } }, {}] },
      [{ "x-a": "x" }, { "x-a": "x", "y-a": "x" }],
      [{ "y-a": 1 }, { z: "x" }],
    ],
    [
      "all properties, in any case and at times",
      { ...having({ a: text }), anyOf: [{ required: ["a"], additionalProperties: text }, {}] },
      [{ a: "x", b: "y" }, {}],
      [{ b: "y" }, { a: "x", b: 1 }],
    ],
    [
      "a part that allows everything",
      { allOf: [{ ...having({ a: text }), unevaluatedProperties: true }] },
      [{ a: "x", b: 1 }],
      [{ a: 1 }],
    ],
    [
      "what a part has left over",
      { allOf: [{ ...having({ a: text }), unevaluatedProperties: text }, having({ b: {} })] },
      [{ a: "x", b: "y", c: "z" }],
      [{ c: 1 }],
    ],
    [
      "no property that is only not forbidden",
      { ...having({ a: text }), not: having({ b: text }) },
      [],
      [{ b: 1 }],
    ],
  ])("support closed schemas: %s", async (_, schema, accepted, refused) => {
    const Order = { type: "object", ...schema, unevaluatedProperties: false };
    const { requests } = await load({ Order });
    const check = requests["orderTea"];
    expect(accepted.map((value) => [value, check?.(value)])).toEqual(accepted.map((value) => [value, true]));
    expect(refused.map((value) => [value, check?.(value)])).toEqual(refused.map((value) => [value, false]));
  });

  it("are refused if references only lead to each other, or nowhere", async () => {
    const to = (name: string) => ({ $ref: `#/components/schemas/${name}` });
    await expect(load({ Order: to("Other"), Other: to("Order") })).rejects.toThrow("leads back to itself");
    const Order = { type: "object", properties: { cup: to("Nothing") } };
    await expect(load({ Order })).rejects.toThrow(
      "#/components/schemas/Order/properties/cup: #/components/schemas/Nothing leads nowhere",
    );
  });

  it("only change if a schema changes, whatever refers to it", async () => {
    const Order = { type: "object", properties: { cup: { $ref: "#/components/schemas/Cup" } } };
    const before = (await source({ Order, Cup: { type: "object", required: ["state"] } })).split("\n");
    const after = (await source({ Order, Cup: { type: "object", required: ["handle"] } })).split("\n");
    const changed = after.filter((line, index) => line !== before[index]);
    expect(changed).toHaveLength(1);
    expect(changed[0]).toContain("handle");
    expect(after).toHaveLength(before.length);
  });

  it("count characters and compare values without a library", async () => {
    const Order = {
      type: "object",
      properties: {
        note: { type: "string", maxLength: 2 },
        guests: { type: "array", uniqueItems: true, items: { type: "object" } },
        kind: { const: { leaf: ["green"] } },
      },
    };
    const { requests } = await load({ Order });
    const check = (data: JsonObject) => requests["orderTea"]?.(data);
    expect(["\u{1F375}\u{1F375}", "tea"].map((note) => check({ note }))).toEqual([true, false]);
    expect(check({ guests: [{ name: "Ann" }, { name: "Ben" }, {}] })).toBe(true);
    expect(
      check({
        guests: [
          { name: "Ann", seat: 1 },
          { seat: 1, name: "Ann" },
        ],
      }),
    ).toBe(false);
    expect([["green"], ["green", "black"], { 0: "green" }].map((leaf) => check({ kind: { leaf } }))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("keep a property with the name of an annotation", async () => {
    const Order = {
      type: "object",
      description: "Words that nobody needs at run time.",
      required: ["description"],
      properties: { description: { type: "string" } },
    };
    const { requests } = await load({ Order });
    expect([{ description: "tea" }, { description: 7 }].map((body) => requests["orderTea"]?.(body))).toEqual([
      true,
      false,
    ]);
    expect(await source({ Order })).not.toContain("Words that nobody needs");
  });
});

describe("a cache of validators", () => {
  const cup = (property: string): JsonObject => ({
    Order: { type: "object", properties: { cup: { $ref: "#/components/schemas/Cup" } } },
    Cup: { anyOf: [{ type: "null" }, { type: "object", required: [property] }] },
  });

  it("does not change the result, whatever the order of edits", async () => {
    const cache = new Map<string, Json>();
    for (const property of ["handle", "lid", "handle"]) {
      expect(await source(cup(property), cache)).toBe(await source(cup(property)));
    }
  });

  it("compiles only new schemas", async () => {
    const cache = new Map<string, Json>();
    await source(cup("handle"), cache);
    const before = [...cache.keys()];
    await source(cup("handle"), cache);
    expect([...cache.keys()]).toEqual(before);
    await source(cup("lid"), cache);
    expect(cache.size - before.length).toBe(1);
  });

  it("distinguishes validators that depend on the rest of the document", async () => {
    const cache = new Map<string, Json>();
    await source(cup("handle"), cache);
    const inherited = { ...cup("handle"), Cup: { type: "object", required: ["toString"] } };
    expect(await source(inherited, cache)).toBe(await source(inherited));
  });

  it("is ignored if it contains something else", async () => {
    const cache = new Map<string, Json>();
    const text = await source(cup("handle"), cache);
    for (const key of cache.keys()) cache.set(key, { code: 7 });
    expect(await source(cup("handle"), cache)).toBe(text);
    expect(JSON.stringify([...cache.values()])).not.toContain("7}");
  });

  it("does not hide a reference that no longer leads anywhere", async () => {
    const cache = new Map<string, Json>();
    await source(cup("handle"), cache);
    const { Order = null } = cup("handle");
    const Cups = { type: "object", properties: { cup: { $ref: "#/components/schemas/Order" } } };
    const circle = { Order, Cup: { $ref: "#/components/schemas/Cup" }, Cups };
    await expect(source(circle, cache)).rejects.toThrow("leads back to itself");
  });
});
