import type { Json } from "@dots-payouts/openapi";
import { compareDocuments } from "@dots-payouts/release";
import { describe, expect, it } from "vitest";
import { type Parts, smallSpec } from "./small-spec.ts";

function said(before: Parts, after: Parts): string[] {
  return compareDocuments(smallSpec(before), smallSpec(after)).map(
    ({ impact, where, text }) => `${impact}: ${where}: ${text}`,
  );
}

const make = "things.make (POST /things)";

describe("an operation", () => {
  it("breaks who uses it when it goes, and breaks nobody when it comes", () => {
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
      "its idempotency key, taken away",
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
      "breaking: The operation changes its x-odd in a way that no rule judges.",
    ],
    ["its words", { summary: "One" }, { summary: "Two" }, "words: Descriptions or examples have changed."],
    ["its section", { tags: ["A"] }, { tags: ["B"] }, "words: Descriptions or examples have changed."],
  ])("is judged when it changes %s", (_, before, after, text) => {
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
      "of another type",
      of(parameter),
      of({ ...parameter, schema: { type: "integer" } }),
      "breaking: The query parameter page changes its type from string to integer.",
    ],
    [
      "written another way",
      of(parameter),
      of({ ...parameter, explode: false }),
      "breaking: The query parameter page changes its explode in a way that no rule judges.",
    ],
  ])("are judged: %s", (_, before, after, text) => {
    const [impact = "", sentence = ""] = text.split(/: (.*)/);
    expect(said(before, after)).toEqual([`${impact}: ${make}: ${sentence}`]);
  });
});

describe("the request body", () => {
  const content = { "application/json": {} };
  const body = (requestBody: Record<string, Json> | undefined): Parts => ({
    operation: { requestBody: requestBody ?? { content: {} } },
  });

  it("breaks who leaves it out when it becomes required, and not the other way round", () => {
    const optional = body({ content });
    const required = body({ content, required: true });
    expect(said(optional, required)).toEqual([`breaking: ${make}: The request body is now required.`]);
    expect(said(required, optional)).toEqual([`addition: ${make}: The request body is now optional.`]);
  });

  it("breaks who sends a media type that is gone", () => {
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

  it("break who knows the old success when it becomes another", () => {
    expect(said(responses("200"), responses("201"))).toEqual([
      `breaking: ${make}: The 200 response is no longer described.`,
      `breaking: ${make}: A 201 response is new.`,
    ]);
  });

  it.each([
    ["2xx", "breaking", "breaking"],
    ["default", "breaking", "breaking"],
    ["4XX", "addition", "addition"],
  ])("for %s count by what they describe", (status, came, went) => {
    expect(said(responses(), responses(status))).toEqual([`${came}: ${make}: A ${status} response is new.`]);
    expect(said(responses(status), responses())).toEqual([
      `${went}: ${make}: The ${status} response is no longer described.`,
    ]);
  });

  it("for every status describe failures where successes are described", () => {
    expect(said(responses("200"), responses("200", "default"))).toEqual([
      `addition: ${make}: A default response is new.`,
    ]);
  });

  it("add a failure, or describe one less, without breaking who handles failures", () => {
    expect(said(responses("200"), responses("200", "429"))).toEqual([
      `addition: ${make}: A 429 response is new.`,
    ]);
    expect(said(responses("200", "429"), responses("200"))).toEqual([
      `addition: ${make}: The 429 response is no longer described.`,
    ]);
  });

  it("promise by an echo, and break the promise without it", () => {
    const echo = (pairs: Record<string, Json>): Parts => ({ success: { "x-echo": pairs } });
    expect(said(echo({}), echo({ "/a": "/b" }))).toEqual([
      `addition: ${make}: The 200 response gives /b back as /a.`,
    ]);
    expect(said(echo({ "/a": "/b" }), echo({ "/a": "/c" }))).toEqual([
      `breaking: ${make}: The 200 response no longer gives /b back as /a.`,
    ]);
  });

  it("break when a header changes, which no rule judges", () => {
    expect(said({}, { success: { headers: { "x-id": {} } } })).toEqual([
      `breaking: ${make}: The 200 response changes its headers in a way that no rule judges.`,
    ]);
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
      ["breaking: The first server is sandbox, it was production."],
    ],
    [
      "a schema under another name",
      { components: { One: {} } },
      { components: { Two: {} } },
      ["breaking: The schema One is gone, or is called something else."],
    ],
    [
      "another dialect of JSON Schema",
      {},
      { document: { jsonSchemaDialect: "https://things.test/dialect" } },
      ["breaking: The document changes its jsonSchemaDialect in a way that no rule judges."],
    ],
    [
      "words at the top",
      {},
      { document: { info: { title: "Things" } } },
      ["words: The description reads differently."],
    ],
    ["nothing", {}, {}, []],
  ])("is judged: %s", (_, before, after, texts) => {
    expect(said(before, after)).toEqual(texts.map((text) => text.replace(": ", ": All operations: ")));
  });

  it("breaks every caller when the credentials are others", () => {
    expect(said(secured("basic"), secured("bearer"))).toEqual([
      `breaking: ${make}: The operation no longer takes key (basic).`,
      `addition: ${make}: The operation takes key (bearer).`,
    ]);
  });
});
