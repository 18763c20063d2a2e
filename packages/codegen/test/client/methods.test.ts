import type { JsonObject } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { type Changes, createPrograms, generate } from "./program.ts";

const { compiles, runs } = createPrograms();

const text = { type: "string" };
const content = (schema: JsonObject, type = "application/json"): JsonObject => ({ [type]: { schema } });
const to = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const order = { id: "orderTea", method: "POST", path: "/orders", integers: ["size"] };

describe("a method", () => {
  runs(
    "calls its operation with body and options",
    {},
    `
      client.orders.create({ size: 200 }, { timeout: 1 });
      // @ts-expect-error: the size is missing
      client.orders.create({});
      // @ts-expect-error: there is no milk
      client.orders.create({ size: 200, milk: true });
      // @ts-expect-error: there is no such option
      client.orders.create({ size: 200 }, { timeOut: 1 });
      export const result = sent[0];
    `,
    { operation: order, body: { size: 200 }, path: "/orders", options: { timeout: 1 } },
  );

  runs(
    "is also a function with the client as its first argument",
    {},
    `
      import { orderTea } from "./generated/functions.ts";
      orderTea(call, { size: 200 }, { timeout: 1 });
      // @ts-expect-error: the size is missing
      orderTea(call, {});
      export const result = sent[0];
    `,
    { operation: order, body: { size: 200 }, path: "/orders", options: { timeout: 1 } },
  );

  compiles(
    "returns a promise of the operation's response",
    {},
    `
      const answer = async (): Promise<types.Cup> => client.orders.create({ size: 1 });
      same<Awaited<ReturnType<typeof client.orders.create>>, types.Cup>(true);
    `,
  );

  compiles(
    "has an option for a key only if the operation takes one",
    { operation: { "x-idempotency-key": { at: "/key" } } },
    `
      client.orders.create({ size: 1 }, { idempotencyKey: "k" });
    `,
  );

  compiles(
    "has no option for a key if the operation takes none",
    {},
    `
      // @ts-expect-error: it has none
      client.orders.create({ size: 1 }, { idempotencyKey: "k" });
    `,
  );

  compiles(
    "can have any name, and a comment in the spec can't end it early",
    { operation: { "x-client": "then.new", description: "Takes */* for an answer.", deprecated: true } },
    `
      client.then.new({ size: 1 });
    `,
  );

  it("has the texts of the spec in its comment", async () => {
    const { "resources.ts": source } = await generate({
      operation: { "x-assumption": "Nobody says that it is hot.", deprecated: true },
    });
    for (const line of [
      "Orders a cup. Sizes are in millilitres.",
      "Assumption: Nobody says that it is hot.",
      "@returns The order.",
      "@deprecated",
    ]) {
      expect(source).toContain(`   * ${line}\n`);
    }
  });

  it("documents the assumptions about its idempotency key and its success", async () => {
    const { "resources.ts": source } = await generate({
      operation: {
        "x-idempotency-key": { at: "/key", "x-assumption": { scope: "Nobody knows for whom a key counts." } },
        responses: {
          "201": {
            description: "The order.",
            content: content(to("Cup")),
            "x-assumption": "It may be cold.",
          },
        },
      },
    });
    expect(source).toContain("Assumption: Nobody knows for whom a key counts.");
    expect(source).toContain("Assumption: It may be cold.");
  });

  it.each(["http", "constructor"])("can't be called %s, which has another meaning", async (resource) => {
    await expect(generate({ operation: { "x-client": `${resource}.create` } })).rejects.toThrow(
      "#/paths/~1orders/post/x-client",
    );
  });

  it("can't be called then, because awaiting its resource would call it", async () => {
    await expect(generate({ operation: { "x-client": "orders.then" } })).rejects.toThrow(
      "#/paths/~1orders/post/x-client",
    );
  });

  compiles(
    "is left out if an operation has no name for the client",
    { operation: { "x-client": null } },
    `
      // @ts-expect-error: it has none
      client.orders;
      import { operations } from "./generated/operations.ts";
      export const one = operations[0]?.id;
    `,
  );
});

describe("a response", () => {
  compiles(
    "has the types of all successes",
    {
      operation: {
        responses: {
          "200": { description: "Done.", content: content(to("Cup")) },
          "201": { description: "Done.", content: content(to("Pot")) },
        },
      },
      schemas: { Pot: { type: "object", required: ["lid"], properties: { lid: text } } },
    },
    `same<Awaited<ReturnType<typeof client.orders.create>>, types.Cup | types.Pot>(true);`,
  );

  for (const [what, responses] of [
    [
      "for every status where no success is",
      { default: { description: "Any.", content: content(to("Cup")) } },
    ],
    [
      "for a range of statuses, in either case",
      { "2xx": { description: "Any.", content: content(to("Cup")) } },
    ],
  ] as const) {
    runs(
      `is what is documented ${what}`,
      { operation: { responses } },
      `
        same<Awaited<ReturnType<typeof client.orders.create>>, types.Cup>(true);
        import { answers } from "./generated/validators.js";
        import { orderTea } from "./generated/operations.ts";
        export const result = [orderTea, answers["orderTea 2XX"]?.({ state: 1 })];
      `,
      [order, false],
    );
  }

  for (const [what, responses, flags, type] of [
    ["no content", { "204": { description: "Done." } }, { empty: true }, "undefined"],
    [
      "no content where HTTP has none",
      { "204": { description: "Done.", content: content(to("Cup")) } },
      { empty: true },
      "undefined",
    ],
    [
      "content at times",
      { "200": { description: "Done.", content: content(to("Cup")) }, "202": { description: "Later." } },
      { empty: false },
      "types.Cup | undefined",
    ],
    [
      "a plain value",
      { "200": { description: "", content: content({ oneOf: [{ type: "integer" }, { type: "null" }] }) } },
      { plain: true },
      "number | null",
    ],
    [
      "a value of a list without a type",
      { "200": { description: "", content: content({ const: "done" }) } },
      { plain: true },
      '"done"',
    ],
    ["anything", { "200": { description: "", content: content({}) } }, { plain: true }, "unknown"],
  ] as const) {
    runs(
      `may be ${what}`,
      { operation: { responses } },
      `
        same<Awaited<ReturnType<typeof client.orders.create>>, ${type}>(true);
        import * as operations from "./generated/operations.ts";
        const { someAreEmpty, someArePlain, someHaveHeaders } = operations;
        export const result = [operations.orderTea, { someAreEmpty, someArePlain, someHaveHeaders }];
      `,
      [
        { ...order, ...flags },
        {
          someAreEmpty: "empty" in flags && !flags.empty,
          someArePlain: "plain" in flags,
          someHaveHeaders: false,
        },
      ],
    );
  }

  const failing = (required: string[]): JsonObject => ({
    "200": { description: "Done.", content: content(to("Cup")) },
    "4XX": {
      description: "No.",
      content: content({
        type: "object",
        required,
        properties: { why: text, how: text, code: { type: "integer" } },
      }),
    },
  });
  for (const [required, place] of [
    [["why", "code"], ["why"]],
    [["why", "how"], []],
    [[], []],
  ] as const) {
    runs(
      `may say why it failed in the one text that is required: ${required.join(", ")}`,
      { operation: { responses: failing([...required]) } },
      `import { messageAt } from "./generated/operations.ts"; export const result = messageAt;`,
      place,
    );
  }

  it.each([
    ["text", { "text/csv": {} }, "the client can only read JSON, not text/csv"],
    ["JSON texts one after the other", { "application/json-seq": {} }, "not application/json-seq"],
    ["a text of any kind", { "*/*": { schema: text } }, "*/* may be text"],
  ])("is refused if it is %s", async (_, types, reason) => {
    const made = generate({ operation: { responses: { "200": { description: "Done.", content: types } } } });
    await expect(made).rejects.toThrow(reason);
    await expect(made).rejects.toThrow("#/paths/~1orders/post/responses/200");
  });
});

describe("an operation", () => {
  runs(
    "has the place of the idempotency key, and how long it protects",
    { operation: { "x-idempotency-key": { at: "/meta/key", lifetime: "PT24H" } } },
    `
      import { orderTea } from "./generated/operations.ts";
      export const result = orderTea;
    `,
    { ...order, key: ["meta", "key"], keyLifetime: 86_400_000 },
  );

  runs(
    "knows whether the idempotency key must be a UUID",
    {
      operation: { "x-idempotency-key": { at: "/key" } },
      schemas: { Order: { type: "object", properties: { key: { type: "string", format: "uuid" } } } },
    },
    `
      import { orderTea } from "./generated/operations.ts";
      export const result = [orderTea.key, orderTea.keyIsUuid];
    `,
    [["key"], true],
  );

  runs(
    "knows which properties of a request must be integers",
    {
      schemas: {
        Order: {
          type: "object",
          properties: {
            cents: { type: ["integer", "null"] },
            share: { type: ["integer", "number"] },
            ratio: { type: "number" },
            size: { allOf: [to("Size")] },
          },
        },
      },
    },
    `
      import { orderTea } from "./generated/operations.ts";
      export const result = orderTea.integers;
    `,
    ["cents", "size"],
  );

  for (const [role, places] of [
    [{ does: "create", id: "/meta/id" }, { idAt: ["meta", "id"] }],
    [{ does: "list", items: "/data" }, { itemsAt: ["data"] }],
    [{ does: "list", items: "" }, { itemsAt: [] }],
    [
      { does: "list", items: "/data", page: { more: "/has_more" } },
      { itemsAt: ["data"], moreAt: ["has_more"] },
    ],
    [{ does: "remove", by: "id" }, {}],
  ] as const) {
    runs(
      `knows where a success has its ID or its list: ${JSON.stringify(role)}`,
      { operation: { "x-resource": { kind: "cup", ...role } } },
      `
        import { orderTea } from "./generated/operations.ts";
        export const result = orderTea;
      `,
      { ...order, ...places },
    );
  }

  runs(
    "has its media types if they are not plain JSON",
    {
      operation: {
        requestBody: { content: content(to("Order"), "application/merge-patch+json") },
        responses: {
          "200": { description: "", content: content(to("Cup"), "application/vnd.tea+json; v=2") },
        },
      },
    },
    `
      import { orderTea, someHaveHeaders } from "./generated/operations.ts";
      export const result = [orderTea, someHaveHeaders];
    `,
    [
      {
        ...order,
        headers: { accept: "application/vnd.tea+json; v=2", "content-type": "application/merge-patch+json" },
      },
      true,
    ],
  );

  for (const operationId of ["call", "query", "operations", "await", "client", "types"]) {
    runs(
      `does not take a name that the surrounding code uses: ${operationId}`,
      { operation: { operationId } },
      `
        client.orders.create({ size: 1 });
        export const result = sent;
      `,
      [{ operation: { ...order, id: operationId }, body: { size: 1 }, path: "/orders" }],
    );
  }

  runs(
    "may repeat the document's servers",
    { operation: { servers: [{ url: "https://tea.example.com/api" }] } },
    `
      import { operations } from "./generated/operations.ts";
      export const result = operations.length;
    `,
    1,
  );

  it.each([
    ["its own server", { servers: [{ url: "https://other.example.com" }] }, "has its own"],
    [
      "another body than JSON or a form",
      { requestBody: { content: { "text/plain": {} } } },
      "JSON and forms only, not text/plain",
    ],
  ])("is refused with %s", async (_, operation, reason) => {
    await expect(generate({ operation })).rejects.toThrow(reason);
    await expect(generate({ operation })).rejects.toThrow("#/paths/~1orders/post/");
  });
});

describe("parameters", () => {
  const inPath = (name: string): JsonObject => ({ name, in: "path", required: true, schema: text });
  const inQuery = (schema: JsonObject): JsonObject => ({ name: "by", in: "query", schema });

  runs(
    "are separate arguments for the path, then the body, then the query",
    {
      path: "/{house}/cups/{cup-id}",
      operation: {
        parameters: [
          { name: "page", in: "query", schema: { type: "integer" }, description: "Which page." },
          { name: "cup-id", in: "path", required: true, schema: { type: "integer" } },
          inPath("house"),
        ],
      },
    },
    `
      client.orders.create("a/b", 7, { size: 1 }, { page: 2 }, { timeout: 1 });
      client.orders.create("a", 7, { size: 1 });
      // @ts-expect-error: a cup has a number
      client.orders.create("a", "7", { size: 1 });
      // @ts-expect-error: a page has a number
      client.orders.create("a", 7, { size: 1 }, { page: "2" });
      // @ts-expect-error: there is no such parameter
      client.orders.create("a", 7, { size: 1 }, { pages: 2 });
      export const result = sent.slice(0, 2);
    `,
    [
      {
        operation: { ...order, path: "/{house}/cups/{cup-id}" },
        body: { size: 1 },
        path: "/a%2Fb/cups/7?page=2",
        options: { timeout: 1 },
      },
      { operation: { ...order, path: "/{house}/cups/{cup-id}" }, body: { size: 1 }, path: "/a/cups/7" },
    ],
  );

  runs(
    "are required if a part of the query is, and earlier arguments may be undefined",
    {
      operation: {
        requestBody: { content: content(to("Order")) },
        parameters: [{ name: "page", in: "query", required: true, schema: text }],
      },
    },
    `
      client.orders.create(undefined, { page: "2" });
      // @ts-expect-error: the page is missing
      client.orders.create({ size: 1 });
      export const result = sent[0];
    `,
    { operation: order, body: undefined, path: "/orders?page=2" },
  );

  const names = ["options", "body", "a-b", "a_b", "class", "orderTea", "fillPath", "call"];
  runs(
    "are separate arguments, whatever their names",
    { path: `/${names.map((name) => `{${name}}`).join("/")}`, operation: { parameters: names.map(inPath) } },
    `
      client.orders.create("1", "2", "3", "4", "5", "6", "7", "8", { size: 1 });
      import { orderTea } from "./generated/functions.ts";
      orderTea(call, "1", "2", "3", "4", "5", "6", "7", "8", { size: 1 });
      export const result = sent.map(({ path }) => path);
    `,
    ["/1/2/3/4/5/6/7/8", "/1/2/3/4/5/6/7/8"],
  );

  const list = { type: "array", items: text };
  runs(
    "are written into the query in the style of their list",
    {
      operation: {
        parameters: [
          { name: "pairs", in: "query", schema: list },
          { name: "commas", in: "query", explode: false, schema: list },
          { name: "pipes", in: "query", style: "pipeDelimited", schema: list },
          { name: "one", in: "query", explode: false, schema: text },
        ],
      },
    },
    `
      client.orders.create({ size: 1 }, { pairs: ["a", "b"], commas: ["a", "b"], pipes: ["a", "b"], one: "a" });
      export const result = sent[0]?.path;
    `,
    "/orders?pairs=a&pairs=b&commas=a,b&pipes=a%7Cb&one=a",
  );

  const range = {
    type: "object",
    required: ["from"],
    properties: { from: { type: "string", format: "date" }, "a b": { type: ["integer", "null"] }, to: text },
  };
  runs(
    "are written into the query in the style of their object",
    {
      operation: {
        parameters: [
          { name: "deep", in: "query", style: "deepObject", schema: range },
          {
            name: "flat",
            in: "query",
            schema: { type: "object", properties: { min: { type: "integer" }, max: text } },
          },
          { name: "list", in: "query", explode: false, schema: range },
          {
            ...{ name: "labels", in: "query", style: "deepObject" },
            schema: { type: "object", additionalProperties: text },
          },
        ],
      },
    },
    `
      const size = { size: 1 };
      client.orders.create(size, { deep: { from: "2026-01-01", "a b": 7 }, flat: { min: 0 }, list: { from: "x,y", "a b": 1 } });
      client.orders.create(size, { labels: { "[x]": "&" }, flat: {}, list: { from: "a", "a b": null } });
      // @ts-expect-error: the beginning is missing
      client.orders.create(size, { deep: { to: "a" } });
      // @ts-expect-error: there is no such property
      client.orders.create(size, { flat: { minimum: 0 } });
      // @ts-expect-error: a label is a text
      client.orders.create(size, { labels: { a: 1 } });
      import { someHaveObjects } from "./generated/operations.ts";
      export const result = [someHaveObjects, ...sent.slice(0, 2).map(({ path }) => path)];
    `,
    [
      true,
      "/orders?deep%5Bfrom%5D=2026-01-01&deep%5Ba%20b%5D=7&min=0&list=from,x%2Cy,a%20b,1",
      "/orders?labels%5B%5Bx%5D%5D=%26&list=from,a",
    ],
  );

  it("are refused if a property of an object in the query has the name of another parameter", async () => {
    const parameters = [inQuery({ properties: { page: text } }), { name: "page", in: "query", schema: text }];
    await expect(generate({ operation: { parameters } })).rejects.toThrow(
      "#/paths/~1orders/post: two parameters of the query would be called page",
    );
  });

  compiles(
    "are required options if they are required headers",
    {
      operation: {
        requestBody: { content: content(to("Order")) },
        parameters: [
          { name: "X-Table", in: "header", required: true, schema: text },
          { name: "Accept", in: "header", required: true, schema: text },
          { name: "trace", in: "header", schema: text },
        ],
      },
    },
    `
      client.orders.create(undefined, { headers: { "X-Table": "7" } });
      client.orders.create({ size: 1 }, { timeout: 1, headers: { "X-Table": "7" } });
      // @ts-expect-error: the header is missing
      client.orders.create({ size: 1 }, { headers: {} });
      // @ts-expect-error: the options are
      client.orders.create({ size: 1 });
    `,
  );

  it.each([
    [
      "a required cookie",
      { name: "trace", in: "cookie", required: true, schema: text },
      "required parameter in cookie",
    ],
    [
      "a list of objects",
      { name: "by", in: "query", schema: { type: "array", items: { type: "object" } } },
      "lists of lists",
    ],
    ["what has no type", { name: "by", in: "query", schema: {} }, "has to know its type"],
    ["an object of anything", inQuery({ type: "object" }), "has to know the types of its properties"],
    ["an object with a list", inQuery({ properties: { of: { type: "array" } } }), "can't write of of it"],
    ["an object of an unknown type", inQuery({ properties: { of: {} } }), "has to know the type of of"],
    [
      "an object with additional properties",
      inQuery({ type: "object", additionalProperties: text }),
      "would look like parameters",
    ],
    [
      "an object in a style of lists",
      { ...inQuery({ properties: { of: text } }), style: "pipeDelimited" },
      "does not know the style pipeDelimited of objects",
    ],
    ["a list as deepObject", { ...inQuery({ type: "array" }), style: "deepObject" }, "only for objects"],
    ["a list in a path", { ...inPath("cup-id"), schema: { type: "array" } }, "can't write lists into a path"],
    ["an unknown style", { ...inPath("cup-id"), style: "matrix" }, "does not know the style matrix"],
    ["content without a schema", { name: "q", in: "query", content: {} }, "its own schema"],
  ])("are refused if they are %s, with the place and the reason", async (_, parameter, reason) => {
    const made = generate({
      path: "/cups/{cup-id}",
      operation: { parameters: [inPath("cup-id"), parameter] },
    });
    await expect(made).rejects.toThrow(reason);
    await expect(made).rejects.toThrow("#/paths/~1cups~1{cup-id}/post");
  });

  it.each([
    ["twice in a path", "/{id}/{id}", "{id} appears twice"],
    ["in a path with a query", "/cups/{id}?all", "would be cut"],
  ])("are refused if they are %s", async (_, path, reason) => {
    await expect(generate({ path, operation: { parameters: [inPath("id")] } })).rejects.toThrow(reason);
  });

  it("are refused if the path has an undeclared one", async () => {
    await expect(generate({ path: "/cups/{id}" })).rejects.toThrow("id is not declared");
  });
});

describe("a form", () => {
  const FORM = "application/x-www-form-urlencoded";
  const form = (properties: JsonObject, encoding: JsonObject = {}): JsonObject => ({
    requestBody: {
      required: true,
      content: { [FORM]: { schema: { type: "object", required: ["size"], properties }, encoding } },
    },
  });

  runs(
    "is written according to its schema and encoding, and stays JSON until then",
    {
      operation: form(
        {
          ...{ size: { type: "integer" }, hot: { type: "boolean" }, milk: { type: "array", items: text } },
          ...{ codes: { type: "array", items: text }, note: { type: "object", additionalProperties: text } },
        },
        { codes: { explode: false }, note: { style: "deepObject" } },
      ),
    },
    `
      client.orders.create({ size: 1, hot: true, milk: ["a b", "&"], codes: ["x", "y"], note: { "a=": "ä" } });
      // @ts-expect-error: the size is missing
      client.orders.create({ hot: true });
      // @ts-expect-error: there is no such field
      client.orders.create({ size: 1, sugar: 1 });
      // @ts-expect-error: a size is a number
      client.orders.create({ size: "1" });
      import { orderTea, someAreForms } from "./generated/operations.ts";
      import { fillPath } from "./runtime/fill-path.ts";
      export const result = [
        someAreForms,
        orderTea.headers,
        orderTea.integers,
        fillPath(orderTea.form ?? orderTea, {}, Object(sent[0]?.body)),
      ];
    `,
    [
      ...[true, { "content-type": FORM }, ["size"]],
      "?size=1&hot=true&milk=a%20b&milk=%26&codes=x,y&note%5Ba%3D%5D=%C3%A4",
    ],
  );

  runs(
    "is not sent if JSON is accepted too",
    {
      operation: {
        requestBody: { content: { [FORM]: { schema: { type: "object" } }, ...content(to("Order")) } },
      },
    },
    `
      import { orderTea, someAreForms } from "./generated/operations.ts";
      export const result = [someAreForms, orderTea.form, orderTea.headers];
    `,
    [false, undefined, undefined],
  );

  it.each<[what: string, operation: JsonObject, reason: string]>([
    ["no field is declared", form({}), "has to know the fields of the form"],
    [
      "a field may be null",
      form({ size: { type: ["string", "null"] } }),
      "size of the form: the client can't write null",
    ],
    [
      "the style of an object is unknown",
      form({ size: { properties: { of: text }, type: "object" } }),
      "encoding.style",
    ],
    [
      "an object contains lists",
      form(
        { size: { type: "object", properties: { of: { type: "array" } } } },
        { size: { style: "deepObject" } },
      ),
      "can't write of of it",
    ],
    [
      "a field has a media type",
      form({ size: text }, { size: { contentType: "image/png" } }),
      "can't write image/png",
    ],
    ["a field has no type", form({ size: {} }), "size of the form: the client has to know its type"],
  ])("is refused if %s, with the place", async (_, operation, reason) => {
    const made = generate({ operation });
    await expect(made).rejects.toThrow(reason);
    await expect(made).rejects.toThrow(
      "#/paths/~1orders/post/requestBody/content/application~1x-www-form-urlencoded/schema: ",
    );
  });
});

describe("the credentials", () => {
  for (const [what, scheme, expected] of [
    ["HTTP Basic", { type: "http", scheme: "basic" }, [2, { authorization: "Basic k" }]],
    ["a token", { type: "http", scheme: "Bearer" }, [1, { authorization: "Bearer k" }]],
    ["OAuth 2.0", { type: "oauth2", flows: {} }, [1, { authorization: "Bearer k" }]],
    ["a key", { type: "apiKey", in: "header", name: "X-Key" }, [1, { "x-key": "k" }]],
  ] as const) {
    runs(
      `are those that all operations accept: ${what}`,
      { security: [{ used: [] }], schemes: { used: scheme } },
      `
        import { credentialsNeeded, loginHeader } from "./generated/login.ts";
        export const result = [credentialsNeeded, loginHeader("k")];
      `,
      expected,
    );
  }

  const alone = `
    import { credentialsNeeded, loginHeader } from "./generated/login.ts";
    export const result = [credentialsNeeded, loginHeader("k")["authorization"]];
  `;
  runs("are left out if no operation requires them", { security: [] }, alone, [0, "k"]);
  runs(
    "are those that all operations offer, if there are several",
    { security: [{ token: [], login: [] }, { token: [] }] },
    alone,
    [...[1, "Bearer k"]],
  );
  runs(
    "are those of HTTP Basic if there is a choice",
    { security: [{ token: [] }, { login: [] }, {}] },
    alone,
    [...[2, "Basic k"]],
  );

  const schemes = {
    id: { type: "apiKey", in: "header", name: "X-Client-Id" },
    secret: { type: "apiKey", in: "header", name: "X-Secret" },
  };
  runs(
    "are two headers if two are required together, the ID first",
    {
      security: [
        { id: [], secret: [] },
        { token: [], secret: [] },
      ],
      schemes,
    },
    `
      import { credentialsNeeded, idHeader, loginHeader, loginIsApart } from "./generated/login.ts";
      export const result = [credentialsNeeded, loginIsApart, idHeader("i"), loginHeader("k")];
    `,
    [2, true, { "x-client-id": "i" }, { "x-secret": "k" }],
  );
  runs(
    "are not sent if none are required, however this is written",
    { operation: { security: [{}] } },
    `
      import { credentialsNeeded } from "./generated/login.ts";
      export const result = credentialsNeeded;
    `,
    0,
  );

  it.each([
    [
      "Basic and a token together",
      [{ login: [], token: [] }],
      "sends credentials in at most two headers, and this needs HTTP basic with HTTP bearer",
    ],
    ["two keys in one header", [{ token: [], tokenToo: [] }], "this needs HTTP bearer with tokenToo"],
    ["three together", [{ token: [], one: [], two: [] }], "at most two headers"],
    ["a key elsewhere", [{ inQuery: [] }], "and this needs key in query"],
    ["a certificate", [{ certificate: [] }], "and this needs certificate"],
  ])("are refused if the client can't send them: %s", async (_, security, reason) => {
    const schemes = {
      inQuery: { type: "apiKey", in: "query", name: "key" },
      tokenToo: { type: "oauth2", flows: {} },
      one: { type: "apiKey", in: "header", name: "One" },
      two: { type: "apiKey", in: "header", name: "Two" },
      certificate: { type: "mutualTLS" },
    };
    const made = generate({ security, schemes });
    await expect(made).rejects.toThrow(reason);
    await expect(made).rejects.toThrow("#/paths/~1orders/post");
  });
});

describe("the environments", () => {
  runs(
    "are the servers with a name",
    {},
    `
      import { environments } from "./generated/environments.ts";
      const house: string = environments.house;
      export const result = environments;
    `,
    { house: "https://tea.example.com/api" },
  );
});

describe("the known values", () => {
  runs(
    "are a type, a list and a guard, named after their place",
    {},
    `
      import { cupStateValues, isCupStateValue, type CupStateValue } from "./generated/values.ts";
      same<CupStateValue, "hot" | "cold">(true);
      const told = (state: string): CupStateValue | undefined => (isCupStateValue(state) ? state : undefined);
      export const result = [cupStateValues, told("hot"), told("tepid")];
    `,
    [["hot", "cold"], "hot", undefined],
  );

  const kind = (value: string): JsonObject => ({ type: "object", properties: { kind: { enum: [value] } } });
  runs(
    "include all alternatives of a place",
    { schemas: { Pot: { oneOf: [kind("iron"), kind("glass")] } } },
    `
      import { potKindValues } from "./generated/values.ts";
      export const result = potKindValues;
    `,
    ["iron", "glass"],
  );

  const values = (value: string): JsonObject => ({ type: "string", enum: [value] });
  runs(
    "get different names if places would have the same name, or that of a type",
    {
      schemas: {
        Pot: { type: "object", properties: { lid: values("flat") } },
        PotLid: values("round"),
        Leaf: values("green"),
        LeafValue: { type: "integer" },
      },
    },
    `
      import { potLidValues, potLid_Values, type Leaf_Value } from "./generated/values.ts";
      same<Leaf_Value, "green">(true);
      same<types.LeafValue, number>(true);
      export const result = [potLidValues, potLid_Values];
    `,
    [["flat"], ["round"]],
  );

  runs(
    "don't exist if the spec lists none",
    { schemas: { Cup: { type: "object" } } },
    `
      import * as values from "./generated/values.ts";
      export const result = Object.keys(values);
    `,
    [],
  );
});

describe("the source", () => {
  it("is the same for the same spec", async () => {
    expect(await generate()).toEqual(await generate());
  });

  compiles(
    "has the types of paths and operations in the form that openapi-fetch expects",
    {
      path: "/cups/{id}",
      operation: {
        parameters: [
          { name: "id", in: "path", required: true, schema: text },
          { name: "page", in: "query", schema: text },
        ],
        responses: { "200": { description: "", content: content(to("Cup")) }, default: { description: "" } },
      },
    },
    `
      same<all.paths["/cups/{id}"]["post"], all.operations["orderTea"]>(true);
      same<all.operations["orderTea"]["parameters"], {
        query?: { page?: string }; header?: never; path: { id: string }; cookie?: never;
      }>(true);
      same<all.operations["orderTea"]["requestBody"]["content"], { "application/json": types.Order }>(true);
      same<all.operations["orderTea"]["responses"][200]["content"], { "application/json": types.Cup }>(true);
      same<all.operations["orderTea"]["responses"]["default"]["content"], undefined>(true);
      same<all.paths["/cups/{id}"]["get"], undefined>(true);
    `,
  );
});

describe("a list", () => {
  const page = {
    type: "object",
    properties: { cups: { type: "array", items: to("Cup") }, next: { type: ["string", "null"] } },
  };
  const parameters = [
    { name: "at", in: "query", schema: { type: "string" } },
    { name: "shop", in: "path", required: true, schema: { type: "string" } },
  ];
  const listed = (role: JsonObject): JsonObject => ({
    "x-resource": { kind: "cup", does: "list", items: "/cups", ...role },
    parameters,
    responses: { "200": { description: "Cups.", content: content(page) } },
  });
  const path = "/shops/{shop}/cups";
  const changes: Changes = {
    path,
    method: "get",
    operation: listed({ page: { after: "at", next: "/next" } }),
  };

  compiles(
    "can be iterated by items and pages, with their types",
    changes,
    `
      export const loop = async (): Promise<void> => {
        for await (const cup of client.orders.create("s", { at: "x" })) same<typeof cup, types.Cup>(true);
        const list = client.orders.create("s");
        for await (const page of list.pages()) same<typeof page, Awaited<typeof list>>(true);
      };
    `,
  );

  runs(
    "requests pages with the cursor of the previous page, until there is none",
    changes,
    `
      import { createClient } from "./call/create-client.ts";
      import { orderTea } from "./generated/functions.ts";
      const pages = [{ cups: [1, 2], next: "b" }, { cups: [3], next: null }];
      const asked: string[] = [];
      const tea = createClient({
        baseUrl: "https://tea.example.com", clientId: "id", apiKey: "key",
        fetch: async (url) => {
          asked.push(url);
          return Response.json(pages.shift());
        },
      });
      const cups: unknown[] = [];
      for await (const cup of orderTea(tea, "s")) cups.push(cup);
      export const result = [asked, cups];
    `,
    [
      ["https://tea.example.com/shops/s/cups", "https://tea.example.com/shops/s/cups?at=b"],
      [1, 2, 3],
    ],
  );

  compiles(
    "is a promise of a single page if there are no cursors",
    { path, method: "get", operation: listed({}) },
    `
      // @ts-expect-error: nobody knows how
      client.orders.create("s").pages();
    `,
  );
});

describe("a call whose response was lost", () => {
  const lookUp = async (changes: Changes): Promise<string | undefined> =>
    /lookUp: "(.*?)"/.exec((await generate(changes))["operations.ts"] ?? "")?.[1];

  it("can be looked up if the spec has a list and a place for a reference", async () => {
    const reference = { "x-reference": "/size" };
    expect(
      await lookUp({ operation: { ...reference, "x-resource": { kind: "cup", does: "create", id: "/id" } } }),
    ).toBe(undefined);
    expect(await lookUp({ operation: reference })).toBe(undefined);
  });
});
