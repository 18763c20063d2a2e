import { asDocument, DocumentError, type Json, listOperations, type Operation } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

/** The only operation of a document, with additions to the minimum. */
function read(operation: Json, document: Record<string, Json> = {}): Operation {
  const [only, ...more] = listOperations(
    asDocument({ openapi: "3.1.0", paths: { "/things": { post: operation } }, ...document }),
  );
  if (only === undefined || more.length > 0) throw new Error("one operation was expected");
  return only;
}

describe("listOperations", () => {
  it("reads all fields of an operation", () => {
    const operation = {
      operationId: "createThing",
      "x-client": "things.create",
      "x-delivers": true,
      "x-idempotency-key": { at: "/key", lifetime: "PT1H" },
      summary: "Create a thing",
      description: "Makes a thing.",
      tags: ["Things"],
      deprecated: true,
    };
    expect(read(operation)).toEqual({
      id: "createThing",
      method: "POST",
      path: "/things",
      pointer: "/paths/~1things/post",
      summary: "Create a thing",
      description: "Makes a thing.",
      tags: ["Things"],
      deprecated: true,
      client: "things.create",
      idempotencyKey: {
        pointer: "/key",
        lifetime: 3_600_000,
        scope: ["client", "operation"],
        usedByRefusal: false,
        caseSensitive: true,
        replayStatus: "same",
      },
      resource: undefined,
      terms: { reference: undefined, amount: undefined, recipient: [] },
      delivers: true,
      parameters: [],
      requestBody: undefined,
      responses: [],
      security: [],
    });
  });

  it("names an operation without an ID by method and path", () => {
    expect(read({}).id).toBe("POST /things");
  });

  it("keeps the document's order and skips keys that are not methods", () => {
    const paths = { "/b": { summary: "B", put: {}, get: {} }, "/a": { parameters: [], delete: {} } };
    const ids = listOperations(asDocument({ openapi: "3.1.0", paths })).map(({ id }) => id);
    expect(ids).toEqual(["PUT /b", "GET /b", "DELETE /a"]);
  });

  it("follows the reference of a path", () => {
    const paths = { "/things": { $ref: "#/components/pathItems/Things" } };
    const components = { pathItems: { Things: { get: { operationId: "listThings" } } } };
    const [operation] = listOperations(asDocument({ openapi: "3.1.0", paths, components }));
    expect(operation).toMatchObject({
      id: "listThings",
      path: "/things",
      pointer: "/components/pathItems/Things/get",
    });
  });

  it("lets a parameter of an operation override that of its path", () => {
    const parameters = [
      { name: "id", in: "path", required: true, schema: {} },
      { name: "page", in: "query" },
    ];
    const paths = {
      "/things": { parameters, get: { parameters: [{ name: "page", in: "query", required: true }] } },
    };
    const [operation] = listOperations(asDocument({ openapi: "3.1.0", paths }));
    expect(operation?.parameters).toMatchObject([
      { name: "id", in: "path", required: true, schema: "/paths/~1things/parameters/0/schema" },
      { name: "page", in: "query", required: true, schema: undefined },
    ]);
  });
});

describe("a request body", () => {
  it("is required or not, and has a schema for each media type", () => {
    const content = { "application/json": { schema: { type: "object" } }, "text/plain": {} };
    expect(read({ requestBody: { content } }).requestBody).toEqual({
      required: false,
      content: [
        {
          type: "application/json",
          schema: "/paths/~1things/post/requestBody/content/application~1json/schema",
          examples: [],
        },
        { type: "text/plain", schema: undefined, examples: [] },
      ],
    });
  });

  it("can be a reference", () => {
    const components = {
      requestBodies: { Thing: { required: true, content: { "text/plain": { schema: {} } } } },
    };
    const operation = read({ requestBody: { $ref: "#/components/requestBodies/Thing" } }, { components });
    expect(operation.requestBody).toMatchObject({
      required: true,
      content: [{ schema: "/components/requestBodies/Thing/content/text~1plain/schema" }],
    });
  });

  it("has the examples with a value, including null", () => {
    const components = { examples: { Shared: { value: 2 } } };
    const examples = {
      one: { summary: "One", value: 1 },
      shared: { $ref: "#/components/examples/Shared" },
      none: { externalValue: "https://things.test/1" },
      empty: { value: null },
    };
    const operation = read({ requestBody: { content: { "text/plain": { examples } } } }, { components });
    expect(operation.requestBody?.content[0]?.examples).toEqual([
      { name: "one", summary: "One", value: 1 },
      { name: "shared", summary: undefined, value: 2 },
      { name: "empty", summary: undefined, value: null },
    ]);
  });

  it("names an example without a name", () => {
    const operation = read({ requestBody: { content: { "text/plain": { example: "a" } } } });
    expect(operation.requestBody?.content[0]?.examples).toEqual([
      { name: "example", summary: undefined, value: "a" },
    ]);
  });
});

describe("responses", () => {
  it("have the document's statuses, with echoes and places", () => {
    const components = { responses: { Failure: { description: "No." } } };
    const responses = {
      "201": {
        description: "Made.",
        "x-echo": { "/name": "/thing/name" },
        "x-when": { request: { "/kind": "new" } },
      },
      "4XX": { $ref: "#/components/responses/Failure" },
    };
    expect(read({ responses }, { components }).responses).toEqual([
      {
        status: "201",
        description: "Made.",
        content: [],
        echo: [{ response: "/name", request: "/thing/name" }],
        condition: { request: [{ pointer: "/kind", value: "new" }], response: [] },
        pointer: "/paths/~1things/post/responses/201",
      },
      {
        status: "4XX",
        description: "No.",
        content: [],
        echo: [],
        condition: undefined,
        pointer: "/components/responses/Failure",
      },
    ]);
  });
});

describe("what HTTP does not support", () => {
  it("is left out: content of responses without any, and headers that are not parameters", () => {
    const content = { "application/json": { schema: { type: "object" } } };
    const parameters = ["Authorization", "accept", "Content-Type", "X-Own"].map((name) => ({
      name,
      in: "header",
      required: true,
      schema: { type: "string" },
    }));
    const operation = read({ responses: { "204": { content }, "200": { content } }, parameters });
    const counts = operation.responses.map((response) => [response.status, response.content.length]);
    expect(Object.fromEntries(counts)).toEqual({ "200": 1, "204": 0 });
    expect(operation.parameters.map(({ name }) => name)).toEqual(["X-Own"]);
  });
});

describe("security", () => {
  const components = {
    securitySchemes: {
      basic: { type: "http", scheme: "Basic" },
      key: { type: "apiKey", name: "k", in: "query" },
    },
  };

  it("is the document's by default", () => {
    expect(read({}, { components, security: [{ basic: [] }] }).security).toEqual([
      [{ name: "basic", type: "http", scheme: "basic", node: components.securitySchemes.basic }],
    ]);
  });

  it("is the operation's own otherwise, even if empty", () => {
    const document = { components, security: [{ basic: [] }] };
    expect(read({ security: [] }, document).security).toEqual([]);
    expect(read({ security: [{ key: [], basic: [] }, {}] }, document).security).toMatchObject([
      [{ name: "key", scheme: undefined }, { name: "basic" }],
      [],
    ]);
  });
});

describe("an unreadable extension is always an error", () => {
  it.each<[string, Json, string]>([
    [
      "an idempotency key that is not a pointer",
      { "x-idempotency-key": { at: "key" } },
      '#/paths/~1things/post/x-idempotency-key/at: "key" is not a JSON Pointer',
    ],
    [
      "a condition that is not an object",
      { responses: { "200": { "x-when": true } } },
      "#/paths/~1things/post/responses/200/x-when: an object with request, response is needed",
    ],
    [
      "an echo that is not an object",
      { responses: { "200": { "x-echo": "/a" } } },
      "pairs of JSON Pointers are needed",
    ],
    [
      "an echo that is not a pointer",
      { responses: { "200": { "x-echo": { "/a": 1 } } } },
      "#/paths/~1things/post/responses/200/x-echo/~1a: 1 is not a JSON Pointer",
    ],
    ["an unknown security scheme", { security: [{ oauth: [] }] }, "security scheme oauth is not declared"],
    ["a response that refers nowhere", { responses: { "200": { $ref: "#/no" } } }, "#/no leads nowhere"],
    ["a request body that is not an object", { requestBody: "text" }, "an object is needed"],
  ])("%s", (_, operation, message) => {
    expect(() => read(operation)).toThrow(DocumentError);
    expect(() => read(operation)).toThrow(message);
  });
});
