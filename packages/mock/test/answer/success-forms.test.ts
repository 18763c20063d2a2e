import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { raw } from "../raw.ts";

const EXAMPLE_ID = "11111111-1111-4111-8111-111111111111";
const THING = {
  type: "object",
  required: ["id", "amount"],
  properties: {
    id: { type: "string", format: "uuid", "x-generate": "uuid" },
    amount: { type: "integer", minimum: 1 },
  },
};
const ID = [{ name: "id", in: "path", required: true, schema: { type: "string" } }];

interface Form {
  /** The key of the response. */
  readonly status: string;
  readonly type?: string;
  readonly example?: boolean;
  readonly headers?: object;
}

/** How a description can document the same success. */
const FORMS: readonly (readonly [name: string, form: Form])[] = [
  ["200", { status: "200" }],
  ["2XX", { status: "2XX" }],
  ["2xx", { status: "2xx" }],
  ["default", { status: "default" }],
  ["200 without an example", { status: "200", example: false }],
  ["2XX without an example", { status: "2XX", example: false }],
  ["2xx without an example", { status: "2xx", example: false }],
  ["default without an example", { status: "default", example: false }],
  ["application/*", { status: "200", type: "application/*" }],
  ["*/*", { status: "200", type: "*/*" }],
  ["application/* without an example", { status: "200", type: "application/*", example: false }],
  ["application/vnd.a+b+json", { status: "200", type: "application/vnd.a+b+json" }],
  [
    "application/vnd.a+b+json without an example",
    { status: "200", type: "application/vnd.a+b+json", example: false },
  ],
  ["application/json; charset=utf-8", { status: "200", type: "application/json; charset=utf-8" }],
  ["a header", { status: "2XX", headers: { "X-Left": { schema: { type: "integer" }, example: 7 } } }],
];

function description({ status, type = "application/json", example = true, headers }: Form): object {
  const success = (more: object = {}) => ({
    [status]: {
      description: "A thing.",
      ...(headers === undefined ? {} : { headers }),
      content: { [type]: { schema: THING, ...(example ? { example: { id: EXAMPLE_ID, amount: 1 } } : {}) } },
      ...more,
    },
  });
  const body = {
    required: true,
    content: {
      "application/json": {
        schema: {
          type: "object",
          properties: { amount: { type: "integer" }, key: { type: "string" } },
        },
      },
    },
  };
  const echo = { "x-echo": { "/amount": "/amount" } };
  return {
    openapi: "3.1.0",
    info: { title: "Things", version: "1" },
    paths: {
      "/things": {
        post: {
          "x-idempotency-key": { at: "/key" },
          "x-resource": { kind: "thing", does: "create", id: "/id" },
          requestBody: body,
          responses: success(echo),
        },
      },
      "/things/{id}": {
        parameters: ID,
        get: { "x-resource": { kind: "thing", does: "read", by: "id" }, responses: success() },
        patch: {
          "x-idempotency-key": { at: "/key" },
          "x-resource": { kind: "thing", does: "change", by: "id" },
          requestBody: body,
          responses: success(echo),
        },
        delete: { "x-resource": { kind: "thing", does: "remove", by: "id" }, responses: success() },
      },
    },
  };
}

async function send(mock: Mock, method: string, path: string, body?: object) {
  const response = await fetch(mock.url + path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const text = await response.text();
  const value = JSON.parse(text);
  const { status, headers } = response;
  return { status, type: headers.get("content-type"), left: headers.get("x-left"), text, value };
}

describe.each(FORMS)("a success that is documented as %s", (_name, form) => {
  it("repeats what was sent, has a new ID, and is returned again for its key", async () => {
    await using mock = await startMock({ spec: { ...description(form) } });
    const first = await send(mock, "POST", "/things", { amount: 500, key: "one" });
    expect(first).toMatchObject({ status: 200, value: { amount: 500 } });
    expect(first.type).toMatch(/^application\/(vnd\.a\+b\+)?json/);
    expect(first.left).toBe(form.headers === undefined ? null : "7");
    const again = await send(mock, "POST", "/things", { amount: 999, key: "one" });
    expect(again).toEqual(first);
    const other = await send(mock, "POST", "/things", { amount: 700, key: "two" });
    expect(other.value.amount).toBe(700);
    expect(new Set([first.value.id, other.value.id, EXAMPLE_ID]).size).toBe(3);
  });

  it("creates a resource", async () => {
    await using mock = await startMock({ spec: { ...description(form) } });
    const { value: thing } = await send(mock, "POST", "/things", { amount: 500 });
    const path = `/things/${thing.id}`;
    expect(await send(mock, "GET", path)).toMatchObject({ status: 200, value: thing });
    const changed = { ...thing, amount: 700 };
    expect((await send(mock, "PATCH", path, { amount: 700 })).value).toEqual(changed);
    expect((await send(mock, "GET", path)).value).toEqual(changed);
    expect((await send(mock, "DELETE", path)).value).toEqual(changed);
    expect((await send(mock, "GET", path)).status).toBe(404);
  });

  it("leaves out what its schema does not allow", async () => {
    await using mock = await startMock({ spec: { ...description(form) } });
    const { status, value } = await send(mock, "POST", "/things", { amount: 0 });
    expect(status).toBe(200);
    expect(value.amount).toBeGreaterThan(0);
  });
});

describe("a key of an operation that changes a resource", () => {
  it("returns the first answer again, and changes nothing a second time", async () => {
    await using mock = await startMock({ spec: { ...description({ status: "200" }) } });
    const { value: thing } = await send(mock, "POST", "/things", { amount: 500 });
    const path = `/things/${thing.id}`;
    const first = await send(mock, "PATCH", path, { amount: 700, key: "change" });
    await send(mock, "PATCH", path, { amount: 800 });
    expect((await send(mock, "PATCH", path, { amount: 900, key: "change" })).text).toBe(first.text);
    expect((await send(mock, "GET", path)).value.amount).toBe(800);
  });
});

describe("HEAD", () => {
  it("is answered like GET, without the body", async () => {
    await using mock = await startMock({ spec: { ...description({ status: "200" }) } });
    const { value: thing } = await send(mock, "POST", "/things", { amount: 500 });
    const head = (id: string) => `HEAD /things/${id} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`;
    expect(await raw(mock.url, [head(thing.id)])).toMatch(
      /^HTTP\/1\.1 200 OK\r\n[\s\S]*content-length: \d+\r\n[\s\S]*\r\n\r\n$/,
    );
    expect(await raw(mock.url, [head("none")])).toMatch(/^HTTP\/1\.1 404 /);
  });
});

describe("a success without content", () => {
  it("is returned again for its key, with its documented headers", async () => {
    const spec = {
      openapi: "3.1.0",
      info: { title: "Things", version: "1" },
      paths: {
        "/things": {
          post: {
            "x-idempotency-key": { at: "/key" },
            requestBody: {
              content: {
                "application/json": { schema: { type: "object", properties: { key: { type: "string" } } } },
              },
            },
            responses: {
              "2XX": {
                description: "Done.",
                headers: { "X-Left": { schema: { type: "integer" }, example: 7 } },
              },
            },
          },
        },
        "/gone": { delete: { responses: { "204": { description: "Gone." } } } },
      },
    };
    await using mock = await startMock({ spec });
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body: '{"key":"one"}' };
    for (const response of [
      await fetch(`${mock.url}/things`, init),
      await fetch(`${mock.url}/things`, init),
    ]) {
      expect([response.status, await response.text()]).toEqual([200, ""]);
      expect(response.headers.get("x-left")).toBe("7");
    }
    expect((await fetch(`${mock.url}/gone`, { method: "DELETE" })).status).toBe(204);
  });
});
