import type { Json } from "@dots-payouts/openapi";
import { compareDocuments } from "@dots-payouts/release";
import { describe, expect, it } from "vitest";
import { type Parts, smallSpec } from "../small-spec.ts";

function said(before: Parts, after: Parts): string[] {
  return compareDocuments(smallSpec(before), smallSpec(after)).map(
    ({ impact, where, text }) => `${impact}: ${where}: ${text}`,
  );
}

const make = "things.make (POST /things)";

describe("an operation", () => {
  it("breaks its users when it is removed, and nobody when it is added", () => {
    const get = { operationId: "list", "x-client": "things.list", summary: "List things", responses: {} };
    const both = {
      document: { paths: { "/things": { post: { operationId: "make", responses: {} }, get } } },
    };
    const one = { document: { paths: { "/things": { post: { operationId: "make", responses: {} } } } } };
    expect(said(both, one)).toEqual(["breaking: things.list (GET /things): The operation is gone."]);
    expect(said(one, both)).toEqual([
      "addition: things.list (GET /things): The operation is new: List things.",
    ]);
  });

  it.each<[string, Record<string, Json>, Record<string, Json>, string]>([
    [
      "its client method",
      {},
      { "x-client": "things.create" },
      "breaking: The operation's client method changes from things.make to things.create.",
    ],
    ["its ID", {}, { operationId: "create" }, "breaking: The operation's ID changes from make to create."],
    [
      "its idempotency key, removed",
      { "x-idempotency-key": { at: "/key" } },
      {},
      "breaking: The operation's idempotency key is gone; it was /key.",
    ],
    [
      "its idempotency key, new",
      {},
      { "x-idempotency-key": { at: "/key" } },
      "addition: The operation's idempotency key is new: /key.",
    ],
    [
      "its idempotency key, with a shorter lifetime",
      { "x-idempotency-key": { at: "/key", lifetime: "PT24H" } },
      { "x-idempotency-key": { at: "/key", lifetime: "PT12H" } },
      "breaking: The operation's idempotency key lives for 12 h instead of 24 h.",
    ],
    [
      "its idempotency key, with a longer lifetime",
      { "x-idempotency-key": { at: "/key", lifetime: "PT24H" } },
      { "x-idempotency-key": { at: "/key", lifetime: "P2D" } },
      "addition: The operation's idempotency key lives for 48 h instead of 24 h.",
    ],
    [
      "its idempotency key, which now says how long it lives",
      { "x-idempotency-key": { at: "/key" } },
      { "x-idempotency-key": { at: "/key", lifetime: "PT24H" } },
      "breaking: The operation's idempotency key lives for 24 h instead of an unknown time.",
    ],
    [
      "its idempotency key, with another scope",
      { "x-idempotency-key": { at: "/key" } },
      { "x-idempotency-key": { at: "/key", scope: ["client"] } },
      "breaking: The operation's idempotency key changes its scope from client, operation to client.",
    ],
    [
      "its servers",
      {},
      { servers: [{ url: "https://other.test" }] },
      "addition: The server https://other.test is new: https://other.test",
    ],
    [
      "its role, new",
      {},
      { "x-resource": { kind: "thing", does: "create", id: "/id" } },
      'addition: The operation\'s role is new: {"does":"create","id":"/id","kind":"thing"}.',
    ],
    [
      "its role, taken away",
      { "x-resource": { kind: "thing", does: "create", id: "/id" } },
      {},
      'breaking: The operation\'s role is gone; it was {"does":"create","id":"/id","kind":"thing"}.',
    ],
    ["that it is deprecated", {}, { deprecated: true }, "addition: The operation is deprecated."],
    [
      "something that no rule knows",
      {},
      { "x-odd": 1 },
      "breaking: The operation changes its x-odd in a way that no rule covers.",
    ],
    ["its words", { summary: "One" }, { summary: "Two" }, "words: Descriptions or examples have changed."],
    ["its section", { tags: ["A"] }, { tags: ["B"] }, "words: Descriptions or examples have changed."],
  ])("is judged if it changes %s", (_, before, after, text) => {
    const [impact = "", sentence = ""] = text.split(/: (.*)/);
    expect(said({ operation: before }, { operation: after })).toEqual([`${impact}: ${make}: ${sentence}`]);
  });
});

describe("parameters", () => {
  const parameter = { name: "page", in: "query", schema: { type: "string" } };
  const of = (...parameters: Json[]): Parts => ({ operation: { parameters } });

  it.each<[string, Parts, Parts, string]>([
    ["new and optional", of(), of(parameter), "addition: The query parameter page is new, and optional."],
    [
      "new and required",
      of(),
      of({ ...parameter, required: true }),
      "breaking: The query parameter page is new, and required.",
    ],
    ["gone", of(parameter), of(), "breaking: The query parameter page is gone."],
    [
      "required now",
      of(parameter),
      of({ ...parameter, required: true }),
      "breaking: The query parameter page is now required.",
    ],
    [
      "deprecated now",
      of(parameter),
      of({ ...parameter, deprecated: true }),
      "addition: The query parameter page is deprecated.",
    ],
    [
      "with another description",
      of(parameter),
      of({ ...parameter, description: "The page." }),
      "words: Descriptions or examples have changed.",
    ],
    [
      "of another type",
      of(parameter),
      of({ ...parameter, schema: { type: "integer" } }),
      "breaking: The query parameter page changes its type from string to integer.",
    ],
    [
      "written another way",
      of(parameter),
      of({ ...parameter, explode: false }),
      "breaking: The query parameter page changes its explode in a way that no rule covers.",
    ],
  ])("are judged: %s", (_, before, after, text) => {
    const [impact = "", sentence = ""] = text.split(/: (.*)/);
    expect(said(before, after)).toEqual([`${impact}: ${make}: ${sentence}`]);
  });
});

describe("a parameter with its defaults written out", () => {
  it.each([
    ["query", { style: "form", explode: true, allowReserved: false }],
    ["header", { style: "simple", explode: false, deprecated: false }],
  ])("is the same: %s", (place, more) => {
    const parameter = { name: "page", in: place, schema: { type: "array" } };
    const of = (node: Json): Parts => ({ operation: { parameters: [node] } });
    expect(said(of(parameter), of({ ...parameter, ...more }))).toEqual([]);
  });
});

describe("the request body", () => {
  const content = { "application/json": {} };
  const body = (requestBody: Record<string, Json> | undefined): Parts => ({
    operation: { requestBody: requestBody ?? { content: {} } },
  });

  it("breaks callers without one when it becomes required, and nobody the other way round", () => {
    const optional = body({ content });
    const required = body({ content, required: true });
    expect(said(optional, required)).toEqual([`breaking: ${make}: The request body is now required.`]);
    expect(said(required, optional)).toEqual([`addition: ${make}: The request body is now optional.`]);
  });

  it("breaks if one of its extensions changes, which no rule covers", () => {
    const odd = body({ content, "x-odd": 1 });
    expect(said(body({ content }), odd)).toEqual([
      `breaking: ${make}: The request body changes its x-odd in a way that no rule covers.`,
    ]);
    const inside = body({ content: { "application/json": { "x-odd": 1 } } });
    expect(said(body({ content }), inside)).toEqual([
      `breaking: ${make}: The application/json of the request changes its x-odd in a way that no rule covers.`,
    ]);
  });

  it("breaks callers that send a removed media type", () => {
    const more = body({ content: { ...content, "text/plain": {} } });
    expect(said(more, body({ content }))).toEqual([
      `breaking: ${make}: The request is no longer text/plain.`,
    ]);
    expect(said(body({ content }), more)).toEqual([`addition: ${make}: The request may also be text/plain.`]);
  });
});

describe("responses", () => {
  const responses = (...statuses: string[]): Parts => ({
    operation: { responses: Object.fromEntries(statuses.map((status) => [status, {}])) },
  });

  it("break callers that know the old success if it becomes another", () => {
    expect(said(responses("200"), responses("201"))).toEqual([
      `breaking: ${make}: The 200 response is no longer described.`,
      `breaking: ${make}: A 201 response is new.`,
    ]);
  });

  it.each([
    ["2xx", "breaking", "breaking"],
    ["default", "breaking", "breaking"],
    ["4XX", "addition", "addition"],
  ])("for %s are judged by what they describe", (status, came, went) => {
    expect(said(responses(), responses(status))).toEqual([`${came}: ${make}: A ${status} response is new.`]);
    expect(said(responses(status), responses())).toEqual([
      `${went}: ${make}: The ${status} response is no longer described.`,
    ]);
  });

  it("for every status describe failures if successes are described", () => {
    expect(said(responses("200"), responses("200", "default"))).toEqual([
      `addition: ${make}: A default response is new.`,
    ]);
  });

  it("can add a failure, or remove one, without breaking callers", () => {
    expect(said(responses("200"), responses("200", "429"))).toEqual([
      `addition: ${make}: A 429 response is new.`,
    ]);
    expect(said(responses("200", "429"), responses("200"))).toEqual([
      `addition: ${make}: The 429 response is no longer described.`,
    ]);
  });

  it("that get their own description are compared with what their range said", () => {
    const text: Json = { content: { "text/plain": { schema: { type: "string" } } } };
    const answers = (more: Record<string, Json>): Parts => ({
      operation: { responses: { "4XX": text, ...more } },
    });
    expect(said(answers({}), answers({ "404": text }))).toEqual([
      `addition: ${make}: A 404 response is new.`,
    ]);
    expect(said(answers({}), answers({ "404": {} }))).toEqual([
      `addition: ${make}: A 404 response is new.`,
      `breaking: ${make}: The 404 response is no longer text/plain.`,
    ]);
    expect(said(answers({ "404": {} }), answers({}))).toEqual([
      `addition: ${make}: The 404 response is no longer described.`,
      `addition: ${make}: The 404 response may also be text/plain.`,
    ]);
  });

  it("of an event break receivers that answer without the content that they now have", () => {
    const event = (answer: Json): Parts => ({
      document: { webhooks: { paid: { post: { operationId: "paid", responses: { "200": answer } } } } },
    });
    expect(said(event({}), event({ content: { "text/plain": {} } }))).toEqual([
      "breaking: webhook paid: The 200 response has to be text/plain now.",
    ]);
    const header = { headers: { "X-Id": { required: true, schema: { type: "string" } } } };
    expect(said(event({}), event(header))).toEqual([
      "breaking: webhook paid: The header X-Id of the 200 response is new.",
    ]);
  });

  it("are the same inline or by reference", () => {
    const no = { description: "No." };
    const inPlace = { operation: { responses: { "400": no } } };
    const elsewhere = {
      operation: { responses: { "400": { $ref: "#/components/responses/No" } } },
      document: { components: { responses: { No: no } } },
    };
    expect(said(inPlace, elsewhere)).toEqual([]);
    expect(said(elsewhere, inPlace)).toEqual([]);
  });

  it("promise an echo, and break the promise without it", () => {
    const echo = (pairs: Record<string, Json>): Parts => ({ success: { "x-echo": pairs } });
    expect(said(echo({}), echo({ "/a": "/b" }))).toEqual([
      `addition: ${make}: The 200 response returns /b as /a.`,
    ]);
    expect(said(echo({ "/a": "/b" }), echo({ "/a": "/c" }))).toEqual([
      `breaking: ${make}: The 200 response no longer returns /b as /a.`,
    ]);
  });

  describe("with headers", () => {
    const header = { description: "The ID.", required: true, schema: { type: "string" } };
    const headers = (node: Json | undefined): Parts => ({
      success: node === undefined ? {} : { headers: { "X-Id": node } },
    });

    it.each<[string, Json | undefined, Json | undefined, string]>([
      ["a new one", undefined, header, "addition: The header X-Id of the 200 response is new."],
      ["one less", header, undefined, "breaking: The header X-Id of the 200 response is gone."],
      [
        "one that may be missing now",
        header,
        { ...header, required: false },
        "breaking: The header X-Id of the 200 response is now optional.",
      ],
      [
        "one that is always there now",
        { ...header, required: false },
        header,
        "addition: The header X-Id of the 200 response is now required.",
      ],
      [
        "another type",
        header,
        { ...header, schema: { type: ["string", "null"] } },
        "breaking: The header X-Id of the 200 response changes its type from string to null or string.",
      ],
      [
        "a typo",
        header,
        { ...header, description: "An ID." },
        "words: Descriptions or examples have changed.",
      ],
    ])("are judged by %s", (_, before, after, text) => {
      const [impact = "", sentence = ""] = text.split(/: (.*)/);
      expect(said(headers(before), headers(after))).toEqual([`${impact}: ${make}: ${sentence}`]);
    });

    it("are the same in any letter case, and with defaults written out", () => {
      const { description: _, ...bare } = header;
      const other = { success: { headers: { "x-id": { ...bare, style: "simple", explode: false } } } };
      expect(said(headers(bare), other)).toEqual([]);
    });
  });
});

describe("what operations share", () => {
  const server = (environment: string, url: string) => ({ url, "x-environment": environment });
  const live = server("production", "https://a.test");
  const sandbox = server("sandbox", "https://b.test");
  const servers = (...list: Json[]): Parts => ({ document: { servers: list } });
  const secured = (scheme: string): Parts => ({
    document: {
      security: [{ key: [] }],
      components: { securitySchemes: { key: { type: "http", scheme } } },
    },
  });

  it.each<[string, Parts, Parts, string[]]>([
    ["a server less", servers(live, sandbox), servers(live), ["breaking: The server sandbox is gone."]],
    [
      "a server more",
      servers(live),
      servers(live, sandbox),
      ["addition: The server sandbox is new: https://b.test"],
    ],
    [
      "a server that moves",
      servers(live),
      servers(server("production", "https://c.test")),
      ["breaking: The server production moves from https://a.test to https://c.test."],
    ],
    [
      "another first server",
      servers(live, sandbox),
      servers(sandbox, live),
      ["breaking: The first server changes from production to sandbox."],
    ],
    [
      "an extension of a server",
      servers(live),
      servers({ ...live, "x-odd": 1 }),
      ["breaking: The server production changes its x-odd in a way that no rule covers."],
    ],
    [
      "another description of a server",
      servers(live),
      servers({ ...live, description: "Live." }),
      ["words: The wording of the description has changed."],
    ],
    [
      "a schema under another name",
      { components: { One: {} } },
      { components: { Two: {} } },
      ["breaking: The schema One was removed or renamed."],
    ],
    [
      "another dialect of JSON Schema",
      {},
      { document: { jsonSchemaDialect: "https://things.test/dialect" } },
      ["breaking: The document changes its jsonSchemaDialect in a way that no rule covers."],
    ],
    [
      "words at the top",
      {},
      { document: { info: { title: "Things" } } },
      ["words: The wording of the description has changed."],
    ],
    ["nothing", {}, {}, []],
  ])("is judged: %s", (_, before, after, texts) => {
    expect(said(before, after)).toEqual(texts.map((text) => text.replace(": ", ": All operations: ")));
  });

  it("breaks every caller if the credentials change", () => {
    expect(said(secured("basic"), secured("bearer"))).toEqual([
      `breaking: ${make}: The operation no longer accepts key (basic).`,
      `addition: ${make}: The operation now accepts key (bearer).`,
    ]);
  });

  it("breaks callers of a path that moves to its own servers", () => {
    const own = (servers: Json): Parts => ({
      document: {
        servers: [live],
        paths: { "/things": { servers, get: { operationId: "list", responses: {} } } },
      },
    });
    const list = "list (GET /things)";
    expect(said(own([live]), own([server("production", "https://c.test")]))).toEqual([
      `breaking: ${list}: The server production moves from https://a.test to https://c.test.`,
    ]);
  });

  it("breaks users of the type of a schema that has changed, even if no operation has", () => {
    const [One, Two] = [{ type: "string" }, { type: "integer" }];
    const spec = (first: string, components: Record<string, Json>): Parts => ({
      request: { $ref: `#/components/schemas/${first}` },
      components,
    });
    expect(said(spec("One", { One, Two }), spec("Two", { One: Two, Two: One }))).toEqual([
      "breaking: All operations: The schema One means something else.",
      "breaking: All operations: The schema Two means something else.",
    ]);
  });

  describe("required OAuth scopes", () => {
    const scheme = (scopes: Record<string, Json>): Json => ({
      type: "oauth2",
      flows: { clientCredentials: { tokenUrl: "https://a.test/token", scopes } },
    });
    const scoped = (...scopes: string[]): Parts => ({
      document: {
        security: [{ o: scopes }],
        components: { securitySchemes: { o: scheme({ read: "Read.", write: "Write." }) } },
      },
    });

    it("break callers whose token lacks an additional one, but not those whose token has more", () => {
      expect(said(scoped("read"), scoped("read", "write"))).toEqual([
        `breaking: ${make}: The operation now requires o (oauth2) for read and write, where o (oauth2) for read was enough.`,
      ]);
      expect(said(scoped("read", "write"), scoped("read"))).toEqual([
        `addition: ${make}: The operation now accepts o (oauth2) for read.`,
      ]);
    });

    it("are reported as words if they are only listed differently", () => {
      const ways = (...security: Json[]): Parts => ({
        document: { security, components: { securitySchemes: { o: scheme({}), k: { type: "http" } } } },
      });
      expect(said(ways({ o: [] }), ways({ o: [] }, { o: [], k: [] }))).toEqual([
        `words: ${make}: The operation lists its credentials differently, but accepts exactly the same ones.`,
      ]);
    });

    it("are compared by name, and their descriptions are words", () => {
      const listed = (scopes: Record<string, Json>): Parts => ({
        document: { components: { securitySchemes: { o: scheme(scopes) } } },
      });
      expect(said(listed({ a: "A." }), listed({ a: "A.", b: "B." }))).toEqual([
        "addition: All operations: The scope o: b is new.",
      ]);
      expect(said(listed({ a: "A.", b: "B." }), listed({ a: "A." }))).toEqual([
        "breaking: All operations: The scope o: b is gone.",
      ]);
    });
  });
});

describe("events", () => {
  const webhooks = (node: Json): Parts => ({ document: { webhooks: { paid: { post: node } } } });
  const callbacks = (node: Json): Parts => ({
    operation: { callbacks: { done: { "{$request.body#/url}": { post: node } } } },
  });
  const event = (schema: Json, more: Record<string, Json> = {}): Record<string, Json> => ({
    summary: "Paid",
    requestBody: { required: true, content: { "application/json": { schema } } },
    responses: { "200": { description: "Fine." } },
    ...more,
  });
  const kinds: readonly [string, (node: Json) => Parts, Parts][] = [
    ["webhook paid", webhooks, {}],
    [`${make}, callback done {$request.body#/url}`, callbacks, {}],
  ];

  it.each(kinds)(
    "break nobody when they are added, and their receivers when they are removed: %s",
    (where, of, none) => {
      expect(said(none, of(event({})))).toEqual([`addition: ${where}: The event is new: Paid.`]);
      expect(said(of(event({})), none)).toEqual([`breaking: ${where}: The event is gone.`]);
    },
  );

  it.each(kinds)("are judged for those who receive them: %s", (where, of) => {
    const [one, two] = [event({ type: "string" }), event({ type: ["string", "null"] })];
    const change = "The request changes its type from";
    expect(said(of(one), of(two))).toEqual([`breaking: ${where}: ${change} string to null or string.`]);
    expect(said(of(two), of(one))).toEqual([`addition: ${where}: ${change} null or string to string.`]);
  });

  it.each(kinds)("can be reworded: %s", (where, of) => {
    expect(said(of(event({})), of(event({}, { description: "New." })))).toEqual([
      `words: ${where}: Descriptions or examples have changed.`,
    ]);
  });
});
