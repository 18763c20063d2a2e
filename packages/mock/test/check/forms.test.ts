import { setupServer } from "msw/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { mockHandlers } from "../../src/msw.ts";

const FORM = "application/x-www-form-urlencoded";
const text = { type: "string" };
const FIELDS = ["amount", "live", "note", "tags", "codes", "meta", "place"];
const SPEC = {
  openapi: "3.1.0",
  info: { title: "Forms", version: "1" },
  servers: [{ url: "https://forms.test" }],
  paths: {
    "/payments": {
      post: {
        operationId: "pay",
        "x-idempotency-key": { at: "/key" },
        requestBody: {
          required: true,
          content: {
            [FORM]: {
              schema: {
                type: "object",
                additionalProperties: false,
                required: ["amount"],
                properties: {
                  key: text,
                  amount: { type: "integer", minimum: 1 },
                  live: { type: "boolean" },
                  note: text,
                  tags: { type: "array", items: { type: "integer" } },
                  codes: { type: "array", items: text },
                  meta: { type: "object", additionalProperties: text },
                  place: { type: "object", required: ["zip"], properties: { zip: text } },
                },
              },
              encoding: { codes: { style: "form", explode: false }, meta: { style: "deepObject" } },
            },
          },
        },
        responses: {
          "200": {
            description: "Paid.",
            "x-echo": Object.fromEntries(FIELDS.map((name) => [`/${name}`, `/${name}`])),
            content: {
              "application/json": {
                schema: { properties: Object.fromEntries(FIELDS.map((name) => [name, {}])) },
                example: { id: 1 },
              },
            },
          },
        },
      },
    },
  },
};

let mock: Mock;
const handlers = mockHandlers({ spec: SPEC });
const server = setupServer(...handlers.handlers);
beforeAll(async () => {
  server.listen({ onUnhandledFrame: "bypass" });
  mock = await startMock({ port: 0, spec: SPEC });
});
afterAll(async () => {
  server.close();
  await mock.close();
});

/** The server's answer, which must be the same with the MSW handlers. */
async function sent(body: string, type = FORM) {
  const answers = await Promise.all(
    [mock.url, "https://forms.test"].map(async (base) => {
      const headers = { "content-type": type };
      const response = await fetch(`${base}/payments`, { method: "POST", headers, body });
      return { status: response.status, body: await response.json() };
    }),
  );
  expect(answers[1]).toEqual(answers[0]);
  return answers[0];
}

describe("a form", () => {
  it("is read according to its schema and its encoding", async () => {
    const form =
      "amount=5&live=true&note=a+b%26%3D%C3%A4&tags=1&tags=2&codes=x,1&meta%5Ba%5D=1&meta[b%20c]=d&place=%7B%22zip%22%3A%221%22%7D";
    expect(await sent(form)).toEqual({
      status: 200,
      body: {
        id: 1,
        amount: 5,
        live: true,
        note: "a b&=ä",
        tags: [1, 2],
        codes: ["x", "1"],
        meta: { a: "1", "b c": "d" },
        place: { zip: "1" },
      },
    });
  });

  it.each([
    ["note=a", "/amount"],
    ["amount=0", "/amount"],
    ["amount=5.5", "/amount"],
    ["amount=five", "/amount"],
    ["amount=5&amount=6", "/amount"],
    ["amount=5&live=yes", "/live"],
    ["amount=5&tags=x", "/tags/0"],
    ["amount=5&place=somewhere", "/place"],
    ["amount=5&other=1", "/other"],
  ])("is refused if its fields are invalid: %s", async (form, path) => {
    expect(await sent(form)).toMatchObject({ status: 422, body: { errors: [{ path }] } });
  });

  it("can have an idempotency key, like JSON", async () => {
    const first = await sent("amount=5&note=a&key=k1");
    expect(await sent("note=b&amount=5&key=k1")).toEqual(first);
    expect(mock.requests.at(-1)?.body).toBe("note=b&amount=5&key=k1");
    expect(mock.requests.at(-1)?.warnings).toMatchObject([{ code: "key-reused" }]);
  });

  it("must have its own media type", async () => {
    expect((await sent('{"amount":5}', "application/json"))?.status).toBe(415);
    expect((await sent("", FORM))?.status).toBe(400);
    expect((await sent("amount=5", `${FORM}; charset=utf-8`))?.status).toBe(200);
  });
});

describe("optional authentication", () => {
  const spec = (security: object[]) => ({
    ...SPEC,
    paths: {
      "/": { get: { operationId: "get", security, responses: { "204": { description: "It." } } } },
    },
    components: {
      securitySchemes: {
        basic: { type: "http", scheme: "basic" },
        id: { type: "apiKey", in: "header", name: "X-Id" },
        secret: { type: "apiKey", in: "header", name: "X-Secret" },
      },
    },
  });
  const asked = async (security: object[], headers: Record<string, string>) => {
    await using own = await startMock({ port: 0, spec: spec(security) });
    return (await fetch(own.url, { headers })).status;
  };

  it.each<[object[], Record<string, string>, number]>([
    [[{ basic: [] }, {}], {}, 204],
    [[{}, { basic: [] }], { authorization: `Basic ${btoa("a:b")}` }, 204],
    [[{ basic: [] }], {}, 401],
    [[{ basic: [] }, { id: [], secret: [] }], { "x-id": "a", "x-secret": "b" }, 204],
    [[{ basic: [] }, { id: [], secret: [] }], { "x-id": "a" }, 401],
    [[{ id: [], secret: [] }], { "x-secret": "b" }, 401],
    [[{}], {}, 204],
  ])("with %j answers %j with %i", async (security, headers, status) => {
    expect(await asked(security, headers)).toBe(status);
  });
});
