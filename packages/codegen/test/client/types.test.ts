import type { JsonObject } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { createPrograms, generate } from "./program.ts";

const { compiles } = createPrograms();

const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: "object",
  properties,
  ...more,
});
const text = { type: "string" };
const number = { type: "integer" };
const to = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

describe("the type of an object", () => {
  compiles(
    "makes a field with a default optional",
    { schemas: { Order: object({ milk: { type: "boolean", default: false } }) } },
    `
      const orders: types.Order[] = [{}, { milk: true }];
      // @ts-expect-error: a boolean is needed
      const wrong: types.Order = { milk: "yes" };
    `,
  );

  compiles(
    "requires one of several fields if the spec does",
    {
      schemas: {
        Order: object({ cup: text, pot: text }, { anyOf: [{ required: ["cup"] }, { required: ["pot"] }] }),
      },
    },
    `
      const orders: types.Order[] = [{ cup: "a" }, { pot: "b" }, { cup: "a", pot: "b" }];
      // @ts-expect-error: neither
      const neither: types.Order = {};
      // @ts-expect-error: undefined is left out of what is sent
      const nothing: types.Order = { cup: undefined };
      // @ts-expect-error: a text is needed
      const wrong: types.Order = { cup: 1 };
    `,
  );

  compiles(
    "is not affected by a condition",
    {
      schemas: {
        Order: { allOf: [to("Plain"), to("Rule")] },
        Plain: object({ cup: text }),
        Rule: { if: { required: ["cup"] }, else: { required: ["size"] } },
      },
    },
    `same<types.Order, { cup?: string }>(true);`,
  );

  compiles(
    "refuses an unlisted field, however the schema is composed and closed",
    {
      schemas: {
        Order: {
          ...to("Base"),
          allOf: [
            { type: "object" },
            object({ cup: object({ size: number }) }),
            { anyOf: [object({ pot: text }, { required: ["pot"] }), object({ can: text })] },
            { if: object({ cup: {} }), else: object({ lid: {} }) },
          ],
          unevaluatedProperties: false,
        },
        Base: object({ note: text }),
      },
    },
    `
      const order: types.Order = { note: "a", cup: { size: 1 }, pot: "b" };
      // @ts-expect-error: there is no milk
      const milk: types.Order = { note: "a", milk: true };
      // @ts-expect-error: nor any in the cup
      const nested: types.Order = { cup: { size: 1, milk: true } };
    `,
  );

  compiles(
    "may be free-form",
    { schemas: { Order: { type: "object" }, Cup: { type: "object", additionalProperties: true } } },
    `
      const order: types.Order = { cup: 1 };
      const cup: types.Cup = { order };
      const read: unknown = order["cup"];
      // @ts-expect-error: a list is not an object
      const list: types.Order = [];
    `,
  );

  compiles(
    "has the type of additional fields next to the listed ones",
    {
      schemas: {
        Order: object({ known: text }, { additionalProperties: number }),
        Prices: { type: "object", additionalProperties: number },
        Marks: object({ name: text }, { patternProperties: { "^x-": number } }),
        Odd: object({ name: text }, { patternProperties: { x$: number } }),
        Closed: { type: "object", patternProperties: { "^x-": number }, additionalProperties: false },
        Empty: { type: "object", additionalProperties: false },
      },
    },
    `
      const order: types.Order = { known: "a", other: 3 };
      // @ts-expect-error: neither text nor number
      const wrong: types.Order = { other: true };
      const price: number | undefined = ({} as types.Prices)["tea"];
      const marks: types.Marks = { name: "x", "x-a": 1 };
      // @ts-expect-error: a mark is a number
      const mark: types.Marks = { "x-a": "1" };
      const odd: types.Odd = { name: "x", ax: 1 };
      const closed: types.Closed = { "x-a": 1 };
      // @ts-expect-error: nothing else
      const other: types.Closed = { a: 1 };
      const empty: types.Empty = {};
      // @ts-expect-error: nothing at all
      const full: types.Empty = { a: 1 };
    `,
  );

  compiles(
    "is closed if a part of it is, including fields of other parts and alternatives",
    {
      schemas: {
        Order: { anyOf: [object({ cup: text }, { additionalProperties: false }), to("Pot")] },
        Pot: object({ pot: text, lid: text }, { additionalProperties: false }),
        Lidless: { allOf: [to("Pot")], properties: { handle: text } },
        Shut: object({}, { unevaluatedProperties: false }),
        Untyped: { unevaluatedProperties: false },
        Open: { unevaluatedProperties: true },
        Missing: object({}, { required: ["cup"], additionalProperties: false }),
      },
    },
    `
      const orders: types.Order[] = [{ cup: "a" }, { pot: "b", lid: "c" }];
      // @ts-expect-error: a cup has no lid
      const both: types.Order = { cup: "a", lid: "c" };
      const lidless: types.Lidless = { pot: "a" };
      // @ts-expect-error: a pot has no handle
      const handle: types.Lidless = { pot: "a", handle: "b" };
      const shut: types.Shut = {};
      // @ts-expect-error: nothing at all
      const full: types.Shut = { cup: "a" };
      const untyped: types.Untyped = {};
      const open: types.Open = "text";
      // @ts-expect-error: nothing either
      const filled: types.Untyped = { cup: "a" };
      // @ts-expect-error: it wants a cup, and refuses one
      const missing: types.Missing = { cup: "a" };
    `,
  );

  compiles(
    "applies patterns of names to listed fields that match",
    {
      schemas: {
        Order: object(
          { "x-cup": {}, "x-pot": { type: ["string", "null"] } },
          {
            required: ["x-can"],
            patternProperties: { "^x-": text },
          },
        ),
      },
    },
    `
      const order: types.Order = { "x-can": "a", "x-cup": "b", "x-pot": "c", "x-lid": "d" };
      // @ts-expect-error: a text is needed
      const cup: types.Order = { "x-can": "a", "x-cup": 1 };
      // @ts-expect-error: null is not a string
      const pot: types.Order = { "x-can": "a", "x-pot": null };
      // @ts-expect-error: a text is needed here as well
      const can: types.Order = { "x-can": 1 };
    `,
  );

  compiles(
    "keeps the types of patterns next to listed fields, other patterns and fields of any name",
    {
      schemas: {
        Order: object({ "x-cup": { enum: ["a", "b"] } }, { patternProperties: { "^x-": text } }),
        Marked: object(
          { name: text },
          { patternProperties: { "^x-": number, "^x-y-": { minimum: 1 } }, additionalProperties: true },
        ),
        Narrow: object({}, { patternProperties: { "^x-": text, "^x-y-": { const: "a" } } }),
        Refused: object(
          {},
          { required: ["cup"], patternProperties: { "^x-": text }, additionalProperties: false },
        ),
      },
    },
    `
      const order: types.Order = { "x-cup": "a", "x-lid": "c" };
      // @ts-expect-error: only a and b are known
      const cup: types.Order = { "x-cup": "c" };
      const marked: types.Marked = { name: "a", other: true, "x-a": 1, "x-y-a": 2 };
      // @ts-expect-error: a mark is a number
      const mark: types.Marked = { "x-a": "1" };
      const narrow: types.Narrow = { "x-a": "b", "x-y-a": "a" };
      // @ts-expect-error: both patterns match
      const both: types.Narrow = { "x-y-a": "b" };
      // @ts-expect-error: it wants a cup, and refuses one
      const refused: types.Refused = { cup: "a", "x-a": "b" };
    `,
  );

  it("is refused if a pattern of names is not a regular expression", async () => {
    const Order = { type: "object", patternProperties: { "(": text } };
    await expect(generate({ schemas: { Order } })).rejects.toThrow(
      "#/components/schemas/Order/patternProperties/(: the name is not a valid JavaScript regular expression",
    );
  });

  compiles(
    "may require unlisted fields, and have names that are not identifiers",
    {
      schemas: {
        Order: { type: "object", required: ["cup"] },
        Cup: object({
          "a-b": text,
          "1x": text,
          'quo"te': text,
          "${x}": text,
          constructor: text,
          größe: text,
        }),
      },
    },
    `
      const order: types.Order = { cup: 1, pot: 2 };
      // @ts-expect-error: the cup is missing
      const none: types.Order = { pot: 2 };
      const cup: types.Cup = { "a-b": "", "1x": "", 'quo"te': "", "\${x}": "", constructor: "", größe: "" };
    `,
  );
});

describe("the type of combined schemas", () => {
  compiles(
    "combines a reference with the keywords next to it",
    {
      schemas: {
        Order: {
          ...to("Base"),
          description: "Base, and more.",
          required: ["amount", "opt"],
          properties: { amount: { ...number, minimum: 1 } },
        },
        Base: object({ id: text, opt: text }, { required: ["id"] }),
        Maybe: { ...to("Base"), type: ["object", "null"] },
        Kinds: { ...to("Kind"), enum: ["green"] },
        Kind: { type: "string", enum: ["green", "black"] },
        Big: { ...to("Size"), minimum: 5 },
      },
    },
    `
      const order: types.Order = { id: "1", opt: "a", amount: 1 };
      // @ts-expect-error: three fields are missing
      const id: types.Order = { id: "1" };
      // @ts-expect-error: the text is missing
      const opt: types.Order = { id: "1", amount: 1 };
      // @ts-expect-error: a number is needed
      const amount: types.Order = { id: "1", opt: "a", amount: "1" };
      same<types.Maybe, all.Base>(true);
      const kind: types.Kinds = "green";
      // @ts-expect-error: only green
      const black: types.Kinds = "black";
      same<types.Big, number>(true);
    `,
  );

  compiles(
    "excludes null if a part does",
    {
      schemas: {
        Base: { type: ["object", "null"], properties: { cup: text } },
        Order: { allOf: [to("Base"), { type: "object" }], required: ["cup"] },
        Other: { allOf: [to("Base"), { type: ["object", "null"] }] },
      },
    },
    `
      const base: all.Base = null;
      const order: types.Order = { cup: "a" };
      // @ts-expect-error: null is not an object
      const none: types.Order = null;
      // @ts-expect-error: the cup is missing
      const empty: types.Order = {};
      const other: types.Other = null;
    `,
  );

  compiles(
    "does not accept a number for an object without required fields, next to a part that only excludes null",
    {
      schemas: {
        Order: {
          allOf: [{ type: "null" }],
          anyOf: [object({ cup: number }), { type: "null" }],
          oneOf: [{ enum: [0, null] }],
        },
        Closed: {
          oneOf: [{ allOf: [{ type: "null" }], unevaluatedProperties: false }],
          anyOf: [object({ cup: text }), {}],
        },
      },
      operation: {
        responses: {
          "200": { description: "", content: { "application/json": { schema: to("Closed") } } },
        },
      },
    },
    `
      const orders: types.Order[] = [null];
      const closed: types.Closed[] = [null];
      // @ts-expect-error: 0 is a number
      const zero: types.Order = 0;
      // @ts-expect-error: an object is not null
      const empty: types.Closed = {};
    `,
  );

  compiles(
    "is the intersection of types, and never if that is empty",
    {
      schemas: {
        Mixed: { type: ["string", "null"], anyOf: [{ format: "uuid" }, { type: "null" }] },
        Never: { allOf: [text, { not: {} }, false] },
        Anything: { allOf: [{}, true, { description: "Anything." }] },
      },
    },
    `
      same<types.Mixed, string | null>(true);
      same<types.Never, never>(true);
      same<types.Anything, unknown>(true);
    `,
  );
});

describe("the type of a choice", () => {
  const choice = (more: JsonObject = {}): JsonObject => ({
    oneOf: [to("Pot"), to("Cup")],
    discriminator: { propertyName: "kind", ...more },
  });
  const part = { allOf: [to("Base"), object({ lid: text })] };
  const Base = object({ kind: text, state: { enum: ["hot", "cold"] } }, { required: ["kind"] });

  for (const [how, mapping, [pot, cup]] of [
    ["the names of the schemas", {}, ["Pot", "Cup"]],
    ["a mapping", { mapping: { pot: "#/components/schemas/Pot", cup: "Cup" } }, ["pot", "cup"]],
  ] as const) {
    const content = { "application/json": { schema: to("Thing") } };
    compiles(
      `is distinguished by ${how}, in responses too`,
      {
        operation: {
          requestBody: { required: true, content },
          responses: { "200": { description: "", content } },
        },
        schemas: { Thing: choice(mapping), Base, Pot: part, Cup: object({ kind: text, size: number }) },
      },
      `
        const things: types.Thing[] = [{ kind: "${pot}", lid: "a" }, { kind: "${cup}", size: 1 }];
        // @ts-expect-error: there is no such kind
        const wrong: types.Thing = { kind: "can" };
        const read = (thing: types.ThingAnswer): number | string | undefined =>
          thing.kind === "${pot}" ? thing.lid : thing.size;
      `,
    );
  }

  compiles(
    "is distinguished by its schemas, if their names are other values",
    {
      schemas: {
        Order: object({ to: choice() }, { required: ["to"] }),
        Base: object({ kind: { type: "string", enum: ["pot", "cup"] } }, { required: ["kind"] }),
        Pot: { allOf: [to("Base"), object({ kind: { const: "pot" } })] },
        Cup: {
          allOf: [to("Base"), object({ kind: { enum: ["cup"] }, size: number }, { required: ["size"] })],
        },
      },
    },
    `
      const orders: types.Order[] = [{ to: { kind: "pot" } }, { to: { kind: "cup", size: 1 } }];
      // @ts-expect-error: a cup has a size
      const wrong: types.Order = { to: { kind: "cup" } };
      same<types.Pot["kind"], "pot">(true);
    `,
  );

  compiles(
    "is distinguished by a schema's mapping of those derived from it",
    {
      schemas: {
        Order: { anyOf: [to("Cat"), to("Dog")] },
        Pet: object(
          { kind: text, name: text },
          {
            required: ["kind"],
            discriminator: { propertyName: "kind", mapping: { cat: "#/components/schemas/Cat" } },
          },
        ),
        Cat: { allOf: [to("Pet"), object({ lives: number })] },
        Dog: { allOf: [to("Pet"), object({ bark: text })] },
      },
    },
    `
      const orders: types.Order[] = [{ kind: "cat", lives: 9 }, { kind: "Dog", bark: "a" }];
      const pet: types.Pet = { kind: "fish" };
      // @ts-expect-error: a cat is a cat
      const cat: types.Cat = { kind: "Dog" };
      const lives = (order: types.Order) => (order.kind === "cat" ? order.lives : order.bark);
    `,
  );

  it("is refused if a mapping leads nowhere", async () => {
    const Order = { oneOf: [], discriminator: { propertyName: "kind", mapping: { pot: "Pot" } } };
    await expect(generate({ schemas: { Order } })).rejects.toThrow(
      "#/components/schemas/Order/discriminator/mapping/pot: Pot leads nowhere",
    );
  });
});

describe("the type of a list", () => {
  compiles(
    "has its items in the order of the spec",
    {
      schemas: {
        Order: object({
          open: { type: "array", prefixItems: [text], items: number },
          pair: {
            type: "array",
            prefixItems: [text, { type: ["integer", "null"] }],
            items: false,
            minItems: 2,
          },
          some: { type: "array", prefixItems: [text, number], items: false, minItems: 1 },
          free: { type: "array", prefixItems: [text] },
          none: { type: "array", items: false },
          any: { type: "array" },
          mixed: { type: "array", items: { type: ["string", "null"] } },
        }),
      },
    },
    `
      const order: types.Order = {
        open: ["x", 1, 2], pair: ["x", null], some: ["x"], free: ["x", true], none: [], any: [1], mixed: ["x", null],
      };
      const empty: types.Order = { open: [], free: [] };
      // @ts-expect-error: a text goes first
      const first: types.Order = { open: [1] };
      // @ts-expect-error: one is missing
      const short: types.Order = { pair: ["x"] };
      // @ts-expect-error: one too many
      const long: types.Order = { some: ["x", 1, 2] };
    `,
  );
});

describe("the type of listed values", () => {
  const kinds = { type: "string", enum: ["green", "black"] };

  compiles(
    "is closed in requests and open in responses",
    {
      schemas: {
        Order: object({ kind: kinds, spoons: { enum: [1, 2] } }),
        Cup: object({
          state: kinds,
          size: { type: "integer", enum: [1, 2] },
          maybe: { type: ["string", "null"], enum: ["hot", null] },
          mixed: { enum: ["hot", 1, null] },
          only: { type: "string", enum: ["hot"] },
        }),
      },
    },
    `
      const order: types.Order = { kind: "green", spoons: 1 };
      // @ts-expect-error: a mistyped kind
      const kind: types.Order = { kind: "gren" };
      // @ts-expect-error: too many spoons
      const spoons: types.Order = { spoons: 3 };
      const cup: types.Cup = { state: "tepid", size: 3, maybe: null, mixed: "cold" };
      same<types.Cup["mixed"], string | number | null | undefined>(true);
      same<types.Cup["only"], "hot" | undefined>(true);
    `,
  );

  compiles(
    "gets a twin with a unique name if a schema is used in both directions",
    {
      schemas: {
        Kind: kinds,
        KindAnswer: object({ own: text }),
        Order: object({ kind: to("Kind") }),
        Cup: object({ order: to("Order"), answer: to("KindAnswer") }),
      },
    },
    `
      // @ts-expect-error: closed
      const order: types.Order = { kind: "gren" };
      const cup: types.Cup = { order: { kind: "gren" }, answer: { own: "a" } };
    `,
  );

  compiles(
    "only has values that its type allows, and null if it is listed",
    {
      schemas: {
        Order: object({
          text: { type: "string", enum: ["a", null] },
          maybe: { type: ["string", "null"], enum: ["a", null] },
          missing: { type: ["string", "null"], enum: ["a"] },
          things: { enum: [{ a: [1, "b"] }, true] },
          one: { const: null },
        }),
      },
    },
    `
      same<types.Order, {
        text?: "a"; maybe?: "a" | null; missing?: "a"; things?: { a: [1, "b"] } | true; one?: null;
      }>(true);
    `,
  );
});

describe("the type of a reference", () => {
  compiles(
    "may point to itself, to any place, and to an anchor",
    {
      schemas: {
        Json: {
          anyOf: [
            ...[text, { type: "number" }, { type: "boolean" }, { type: "null" }],
            { type: "array", items: to("Json") },
            { type: "object", additionalProperties: to("Json") },
          ],
        },
        Tree: object({ v: text, kids: { type: "array", items: to("Tree") } }, { required: ["v"] }),
        Order: object(
          {
            state: { $ref: "#/components/schemas/Cup/properties/state" },
            cup: { $ref: "#/paths/~1orders/post/responses/201/content/application~1json/schema" },
            local: { $ref: "#/components/schemas/Order/$defs/Local" },
            money: { $ref: "#money" },
            odd: { $ref: "#/components/schemas/Odd.Name-1/properties/p%25c" },
            dynamic: { $dynamicRef: "#node" },
          },
          { $defs: { Local: object({ again: { $ref: "#/components/schemas/Order/$defs/Local" } }) } },
        ),
        Money: object({ cents: number }, { $anchor: "money", required: ["cents"] }),
        "Odd.Name-1": object({ "p%c": { type: "boolean" } }),
        Node: { $dynamicAnchor: "node", type: "object" },
        Cup: object({ state: { ...text, maxLength: 4 } }),
      },
    },
    `
      const json: types.Json = { a: [1, { b: null }] };
      const tree: types.Tree = { v: "a", kids: [{ v: "b" }] };
      // @ts-expect-error: a child has a value
      const bad: types.Tree = { v: "a", kids: [{}] };
      const order: types.Order = { state: "a", cup: { state: "a" }, local: { again: {} }, money: { cents: 1 }, odd: true };
      // @ts-expect-error: cents are a number
      const money: types.Order = { money: { cents: "1" } };
      // @ts-expect-error: a boolean is needed
      const odd: types.Order = { odd: 1 };
    `,
  );
});

describe("a name", () => {
  compiles(
    "is unique for each schema, and has no other meaning",
    {
      schemas: {
        "cup-size": text,
        CupSize: { type: "boolean" },
        cup_size: number,
        Partial: text,
        OrdersResource: text,
        茶: text,
      },
    },
    `
      same<types.CupSize, boolean>(true);
      same<types.CupSize_, string>(true);
      same<types.CupSize__, number>(true);
      same<[types.Partial_, types.OrdersResource_, types.茶], [string, string, string]>(true);
    `,
  );

  compiles(
    "is public if not only other schemas need it",
    {
      schemas: {
        Order: { allOf: [to("Terms"), object({ cup: to("Size") })] },
        Terms: object({ note: text }),
      },
    },
    `
      const order: types.Order = { note: "a", cup: 1 };
      // @ts-expect-error: it is a part of others only
      type Terms = types.Terms;
    `,
  );

  compiles(
    "exists for the body of a refusal",
    {
      operation: {
        responses: {
          "4XX": { description: "Refused.", content: { "application/json": { schema: to("Problem") } } },
        },
      },
      schemas: { Problem: object({ message: text }, { required: ["message"] }) },
    },
    `same<types.ErrorBody, Partial<types.Problem>>(true);`,
  );

  compiles(
    "is there for the body of a refusal as far as that is an object",
    {
      operation: {
        responses: {
          "404": { description: "None.", content: { "application/json": { schema: text } } },
          "422": {
            description: "Refused.",
            content: { "application/json": { schema: { oneOf: [text, to("Problem")] } } },
          },
        },
      },
      schemas: { Problem: object({ message: text }) },
    },
    `same<types.ErrorBody, Partial<types.Problem>>(true);`,
  );

  compiles(
    "of a refusal's body is never that of a success",
    {
      operation: {
        responses: {
          default: { description: "Any.", content: { "application/json": { schema: to("Cup") } } },
        },
      },
    },
    `same<types.ErrorBody, Partial<Record<string, unknown>>>(true);`,
  );
});

describe("the comment of a field", () => {
  const comments = async (property: JsonObject, more: JsonObject = {}): Promise<string> => {
    const Order = object({ cup: property }, more);
    const { "schema.ts": source = "" } = await generate({
      schemas: { Order, Size: { ...number, description: "Millilitres." } },
    });
    return source.slice(source.indexOf("export type Order"), source.indexOf("cup?:"));
  };

  it("has the field's description, or that of the schema that it refers to", async () => {
    expect(await comments(to("Size"))).toContain("/** Millilitres. */");
    expect(await comments({ description: "What is left.", ...to("Size") })).toContain("/** What is left. */");
  });

  it("says what is only assumed, and why", async () => {
    expect(await comments({ ...text, "x-assumption": "Nobody says so." })).toContain(
      "Assumption: Nobody says so.",
    );
    expect(
      await comments({ ...text, maxLength: 2, "x-assumption": { maxLength: "It is not said." } }),
    ).toContain("Assumption: It is not said.");
    expect(
      await comments(text, { "x-assumption": { properties: { cup: "Some have none.", pot: "No." } } }),
    ).toMatch(/Assumption: Some have none\.(?![\s\S]*No\.)/);
  });

  it("has formats, defaults, examples and deprecations", async () => {
    const said = await comments({
      ...text,
      format: "uuid",
      default: "*/",
      examples: ["a"],
      deprecated: true,
    });
    for (const tag of ["@format uuid", '@default "*\\/"', '@example "a"', "@deprecated"])
      expect(said).toContain(tag);
  });
});
