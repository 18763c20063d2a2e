const CAT = {
  type: "object",
  required: ["id", "name", "state"],
  properties: {
    id: { type: "string", "x-generate": "uuid" },
    name: { type: "string" },
    state: { type: "string", enum: ["home", "away"] },
  },
};
const EXAMPLE = { id: "7d3c1f0a-2b4e-4c6d-8e9f-a0b1c2d3e4f5", name: "Ida", state: "home" };
const answer = (status: string, extra: object = {}) => ({
  [status]: {
    description: "A cat.",
    content: { "application/json": { schema: CAT, example: EXAMPLE } },
    ...extra,
  },
});
const body = {
  required: true,
  content: {
    "application/json": {
      schema: { type: "object", properties: { name: { type: "string" }, key: { type: "string" } } },
    },
  },
};
const echo = { "x-echo": { "/name": "/name" } };
const role = (does: string, more: object = {}) => ({ "x-resource": { kind: "cat", does, ...more } });
const PAGE = {
  type: "object",
  required: ["cats", "next"],
  properties: { cats: { type: "array", items: CAT }, next: { type: ["string", "null"] } },
};

/** A small API whose operations share a resource. */
export const CATS = {
  openapi: "3.1.0",
  info: { title: "Cats", version: "1" },
  paths: {
    "/cats": {
      post: {
        ...role("create", { id: "/id" }),
        "x-idempotency-key": { at: "/key" },
        requestBody: body,
        responses: answer("201", echo),
      },
      get: {
        ...role("list", {
          items: "/cats",
          filters: { in: "/state" },
          page: { limit: "size", after: "from", next: "/next" },
        }),
        parameters: [
          { name: "in", in: "query", schema: { type: "string" } },
          { name: "size", in: "query", schema: { type: "integer", minimum: 1, default: 50 } },
          { name: "from", in: "query", schema: { type: "string" } },
        ],
        responses: {
          "200": {
            description: "Cats.",
            content: { "application/json": { schema: PAGE, example: { cats: [], next: null } } },
          },
        },
      },
    },
    "/cats/{name}": {
      parameters: [{ name: "name", in: "path", required: true, schema: { type: "string" } }],
      get: { ...role("read", { by: "name" }), responses: answer("200") },
      patch: { ...role("change", { by: "name" }), requestBody: body, responses: answer("200", echo) },
      delete: { ...role("remove", { by: "name" }), responses: { "204": { description: "Gone." } } },
    },
    "/cats/{name}/walk": {
      parameters: [{ name: "name", in: "path", required: true, schema: { type: "string" } }],
      post: {
        ...role("change", { by: "name", sets: { "/state": "away" } }),
        responses: { "204": { description: "Away." } },
      },
    },
  },
};

/** Sends JSON without credentials, which the API of the cats does not require. */
export async function sendCat(
  url: string,
  method: string,
  path: string,
  value?: unknown,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url + path, {
    method,
    ...(value === undefined
      ? {}
      : { body: JSON.stringify(value), headers: { "content-type": "application/json" } }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}
