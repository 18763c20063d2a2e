import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";

const json = (schema: object, type = "application/json") => ({ content: { [type]: { schema } } });
const BODY = json({ type: "object", required: ["name"], properties: { name: { type: "string" } } });
const PROBLEM = {
  type: "object",
  required: ["code", "detail", "links"],
  properties: {
    code: { type: "integer", minimum: 100 },
    detail: { type: "string", minLength: 8 },
    links: { type: "array", minItems: 1, items: { type: "string", format: "uri" } },
  },
};
const CLOSED = {
  type: "object",
  additionalProperties: false,
  required: ["reason"],
  properties: { reason: { type: "string", enum: ["too_short", "other"] }, message: { type: "string" } },
};

const ONE_OF = (value: string) => ({
  type: "object",
  properties: { name: { type: "string", enum: [value] }, message: { type: "string", enum: [value] } },
});

const operation = (refusals: object, success: object = { "200": { description: "Done." } }) => ({
  requestBody: { required: true, ...BODY },
  responses: { ...success, ...refusals },
});
const named = (text: string) => ({
  parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
  responses: { "200": { description: "It.", content: { "application/json": { example: { text } } } } },
});

const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "Others", version: "1" },
  "x-pages": { $ref: "./elsewhere.md" },
  paths: {
    "/problem": {
      post: operation({ default: { description: "No.", ...json(PROBLEM, "application/problem+json") } }),
    },
    "/choice": {
      post: operation({ default: { description: "No.", ...json({ oneOf: ["a", "b"].map(ONE_OF) }) } }),
    },
    "/closed": { post: operation({ "400": { description: "No.", ...json(CLOSED) } }) },
    "/text": { post: operation({ "422": { description: "No.", content: { "text/plain": {} } } }) },
    "/nothing": {
      delete: {
        responses: { "204": { description: "Gone." }, "400": { description: "No.", ...json(CLOSED) } },
      },
    },
    "/unsaid": { get: {} },
    "/framed": {
      get: {
        responses: {
          "200": {
            description: "Text.",
            headers: {
              "Content-Length": { schema: { type: "integer" }, example: 279 },
              "X-Left": { schema: { type: "integer" }, example: 7 },
            },
            content: { "text/plain": { example: "short" } },
          },
        },
      },
    },
    "/same": {
      get: {
        responses: {
          "200": {
            description: "Two.",
            content: { "application/json": { schema: true, example: [{ $id: "a" }, { $id: "a" }] } },
          },
        },
      },
    },
    "/list": {
      get: {
        parameters: [
          {
            ...{ name: "ids", in: "query", style: "spaceDelimited", explode: false },
            schema: { type: "array", maxItems: 2, items: { type: "integer" } },
          },
        ],
        responses: { "200": { description: "Done.", ...json({ type: "object" }, "*/*") } },
      },
    },
    "/made-up": {
      put: {
        requestBody: json({ type: "object", properties: { constructor: { type: "string" } } }),
        responses: {
          "200": {
            description: "Done.",
            ...json({
              type: "object",
              required: ["pair"],
              properties: {
                pair: {
                  type: "array",
                  prefixItems: [{ type: "string" }, { type: "integer", minimum: 7 }],
                  minItems: 2,
                },
              },
            }),
          },
        },
      },
    },
    "/things/{id}": { get: named("one") },
    "/things/{id}:open": { get: named("open") },
    "/things/{id}.{kind}": {
      get: {
        ...named("kind"),
        parameters: ["id", "kind"].map((name) => ({
          name,
          in: "path",
          required: true,
          schema: { type: "string" },
        })),
      },
    },
  },
  webhooks: {
    told: { post: { requestBody: { $ref: "#/paths/~1problem/post/requestBody" }, responses: {} } },
  },
};

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ spec: DOCUMENT });
});
afterAll(() => mock.close());

async function sent(path: string, body: string, type = "application/json") {
  const headers = { "content-type": type, accept: "application/json, */*" };
  const response = await fetch(mock.url + path, { method: "POST", headers, body });
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
}

describe("a refusal has the documented form", () => {
  it("with the reasons, if there is a place for them", async () => {
    const { status, type, text } = await sent("/problem", "{}");
    expect([status, type]).toEqual([422, "application/problem+json"]);
    expect(JSON.parse(text)).toMatchObject({
      code: 100,
      links: ["https://example.com/"],
      message: expect.stringContaining("name"),
      errors: [{ path: "/name", code: "required" }],
    });
    expect(JSON.parse(text).detail.length).toBeGreaterThanOrEqual(8);
  });

  it("with as many reasons as the schema allows", async () => {
    const { status, text } = await sent("/closed", "{}");
    expect(status).toBe(400);
    expect(JSON.parse(text)).toEqual({ reason: "too_short", message: expect.stringContaining("name") });
  });

  it("of one of its alternatives", async () => {
    const { text } = await sent("/choice", "{}");
    expect(JSON.parse(text)).toMatchObject({ name: "a", message: "a" });
  });

  it("with a documented status, if the exact one is not documented", async () => {
    expect((await sent("/closed", "{}", "text/csv")).status).toBe(400);
    expect(await sent("/text", "{", "application/json")).toMatchObject({
      status: 422,
      type: "text/plain",
      text: expect.stringContaining("not valid JSON"),
    });
  });
});

it("generates an answer that fits its schema, without inherited properties", async () => {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${mock.url}/made-up`, { method: "PUT", headers, body: "{}" });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ pair: ["text", 7] });
});

it("reports an operation without a documented answer", async () => {
  const response = await fetch(`${mock.url}/unsaid`);
  expect(response.status).toBe(501);
  expect(await response.json()).toMatchObject({
    message: "The spec does not say what this operation answers.",
  });
});

it("reads a list with spaces between its items, and sends a type of a range", async () => {
  const asked = (query: string) =>
    fetch(`${mock.url}/list?${query}`, { headers: { accept: "application/json" } });
  const response = await asked("ids=1%202");
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
  expect((await asked("ids=1%202%203")).status).toBe(422);
});

it("ignores what looks like a schema in an example", async () => {
  expect(await (await fetch(`${mock.url}/same`)).json()).toEqual([{ $id: "a" }, { $id: "a" }]);
});

it("sends documented headers, except for those of the transfer", async () => {
  const response = await fetch(`${mock.url}/framed`);
  expect(await response.text()).toBe("short");
  expect([response.headers.get("x-left"), response.headers.get("content-length")]).toEqual(["7", "5"]);
});

it("sends an answer without content, whatever content is accepted", async () => {
  const response = await fetch(`${mock.url}/nothing`, { method: "DELETE", headers: { accept: "text/csv" } });
  expect(response.status).toBe(204);
});

it.each([
  ["/things/7", "one"],
  ["/things/7:open", "open"],
  ["/things/7.pdf", "kind"],
])("routes a path to the most specific template: %s", async (path, text) => {
  expect(await (await fetch(mock.url + path)).json()).toEqual({ text });
});
