import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../src/index.ts";

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
  content: { "application/json": { schema: { type: "object", properties: { name: { type: "string" } } } } },
};
const echo = { "x-echo": { "/name": "/name" } };
const role = (does: string, more: object = {}) => ({ "x-resource": { kind: "cat", does, ...more } });
const PAGE = {
  type: "object",
  required: ["cats", "next"],
  properties: { cats: { type: "array", items: CAT }, next: { type: ["string", "null"] } },
};

const spec = {
  openapi: "3.1.0",
  info: { title: "Cats", version: "1" },
  paths: {
    "/cats": {
      post: { ...role("create", { id: "/id" }), requestBody: body, responses: answer("201", echo) },
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

describe("resources that operations share", () => {
  let mock: Mock;

  async function send(
    method: string,
    path: string,
    value?: unknown,
  ): Promise<{ status: number; body: unknown }> {
    const response = await fetch(mock.url + path, {
      method,
      ...(value === undefined
        ? {}
        : { body: JSON.stringify(value), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  }

  async function create(name: string): Promise<string> {
    const { body: cat } = await send("POST", "/cats", { name });
    return String(Object(cat).id);
  }

  beforeAll(async () => {
    mock = await startMock({ spec });
  });
  afterAll(() => mock.close());

  it("are read as they were created", async () => {
    const id = await create("Mia");
    const cat = { id, name: "Mia", state: "home" };
    expect(await send("GET", `/cats/${id}`)).toEqual({ status: 200, body: cat });
  });

  it("do not exist before they are created", async () => {
    for (const method of ["GET", "DELETE"]) expect((await send(method, "/cats/none")).status).toBe(404);
    expect((await send("PATCH", "/cats/none", { name: "Mia" })).status).toBe(404);
    expect((await send("POST", "/cats/none/walk")).status).toBe(404);
  });

  it("change by what is sent", async () => {
    const id = await create("Mia");
    const changed = { id, name: "Lou", state: "home" };
    expect(await send("PATCH", `/cats/${id}`, { name: "Lou" })).toEqual({ status: 200, body: changed });
    expect((await send("GET", `/cats/${id}`)).body).toEqual(changed);
  });

  it("change as the operation always does", async () => {
    const id = await create("Mia");
    expect((await send("POST", `/cats/${id}/walk`)).status).toBe(204);
    expect((await send("GET", `/cats/${id}`)).body).toEqual({ id, name: "Mia", state: "away" });
  });

  it("are gone once they are removed", async () => {
    const id = await create("Mia");
    expect(await send("DELETE", `/cats/${id}`)).toEqual({ status: 204, body: undefined });
    expect((await send("GET", `/cats/${id}`)).status).toBe(404);
    expect(JSON.stringify((await send("GET", "/cats")).body)).not.toContain(id);
  });

  it("are listed from the newest to the oldest, a page at a time, and filtered", async () => {
    await mock.reset();
    const ids = [await create("A"), await create("B"), await create("C")].reverse();
    await send("POST", `/cats/${ids[1]}/walk`);
    const page = async (query: string) => {
      const cats = Object((await send("GET", `/cats${query}`)).body);
      return { ids: cats.cats.map(({ id }: { id: string }) => id), next: cats.next };
    };
    expect(await page("")).toEqual({ ids, next: null });
    const first = await page("?size=2");
    expect(first).toEqual({ ids: ids.slice(0, 2), next: expect.any(String) });
    expect(await page(`?size=2&from=${first.next}`)).toEqual({ ids: ids.slice(2), next: null });
    expect(await page("?in=away")).toEqual({ ids: [ids[1]], next: null });
  });

  it("are listed only where the parameters are valid", async () => {
    expect((await send("GET", "/cats?size=0")).status).toBe(422);
  });

  it("are forgotten on a reset", async () => {
    const id = await create("Mia");
    await mock.reset();
    expect((await send("GET", `/cats/${id}`)).status).toBe(404);
  });
});
