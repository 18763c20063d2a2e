import { describe, expect, it } from "vitest";
import { createClient } from "../../src/functions/index.ts";
import type { Operation } from "../../src/runtime/operation.ts";
import { API_KEY, CLIENT_ID, client, failure, LINK } from "../client.ts";
import { json, serve } from "../server.ts";

const create: Operation = {
  __proto__: null,
  id: "create",
  method: "POST",
  path: "/things",
  key: ["key"],
  idAt: ["thing", "id"],
};
const list: Operation = { __proto__: null, id: "list", method: "GET", path: "/things", itemsAt: ["data"] };
const pages: Operation = { ...list, moreAt: ["has_more"] };
const listAll: Operation = { __proto__: null, id: "listAll", method: "GET", path: "/things", itemsAt: [] };

/** What a call comes to when the server answers with a success that has this body. */
async function read(operation: Operation, status: number, body: unknown): Promise<unknown> {
  const { url } = await serve(json(status, body));
  const client = createClient({ baseUrl: url, clientId: CLIENT_ID, apiKey: API_KEY, maxRetries: 0 });
  return client(operation, {}, operation.method === "POST" ? {} : undefined);
}

describe("the success of an operation that makes a resource", () => {
  it.each([
    ["a text", { thing: { id: "t-1" } }],
    ["a number", { thing: { id: 7 } }],
    [
      "with fields that nobody knows, and without those that are missing",
      { thing: { id: "t-1", new: true } },
    ],
  ])("is read by its ID: %s", async (_, body) => {
    expect(await read(create, 201, body)).toEqual(body);
    expect(await read(create, 202, body)).toEqual(body);
  });

  it.each([
    ["nothing that was promised", {}],
    ["an error", { error: "maintenance" }],
    ["no ID", { thing: {} }],
    ["an ID that is null", { thing: { id: null } }],
    ["an ID that is empty", { thing: { id: "" } }],
    ["an ID that is an object", { thing: { id: {} } }],
    ["no object where the ID would stand", { thing: "t-1" }],
    ["a list", []],
    ["a list in place of the object", { thing: [{ id: "t-1" }] }],
    ["null", null],
    ["a text", "t-1"],
  ])("is none with %s", async (_, body) => {
    const error = await failure(read(create, 201, body));
    expect(error).toMatchObject({ name: "UnreadableAnswerError", outcome: "unknown", status: 201 });
    expect(error.idempotencyKey).toBeTypeOf("string");
  });

  it("is asked for again, for a server may have been out of order", async () => {
    const { url, seen } = await serve(
      json(200, { error: "maintenance" }),
      json(201, { thing: { id: "t-1" } }),
    );
    const client = createClient({ baseUrl: url, clientId: CLIENT_ID, apiKey: API_KEY, retryDelay: 1 });
    expect(await client(create, {}, {})).toEqual({ thing: { id: "t-1" } });
    expect(seen[1]?.body).toBe(seen[0]?.body);
  });
});

describe("the success of an operation that lists", () => {
  it("is read by its list", async () => {
    expect(await read(list, 200, { data: [], has_more: false })).toEqual({ data: [], has_more: false });
    expect(await read(pages, 200, { data: [], has_more: true })).toEqual({ data: [], has_more: true });
    expect(await read(listAll, 200, [])).toEqual([]);
  });

  it.each([
    [list, {}],
    [list, { data: {} }],
    [list, []],
    [listAll, { data: [] }],
    [pages, { data: [] }],
    [pages, { data: [], has_more: "no" }],
  ])("is none without: %o %j", async (operation, body) => {
    expect(await failure(Promise.resolve(read(operation, 200, body)))).toMatchObject({
      name: "UnreadableAnswerError",
    });
  });
});

describe("the operations of the API", () => {
  it("take what the API answers, and nothing that lacks the ID or the list", async () => {
    const page = { data: [LINK], has_more: false };
    const { url } = await serve(
      json(200, LINK),
      json(202, { ...LINK, link: undefined }),
      json(200, { payout_link: LINK, redelivered: true }),
      json(200, page),
      json(200, LINK),
      json(202, {}),
      json(200, LINK),
      json(200, LINK),
    );
    const { payoutLinks } = client(url, { maxRetries: 0 });
    expect(await payoutLinks.retrieve(LINK.id)).toEqual(LINK);
    expect((await payoutLinks.create({ amount: 1000 })).id).toBe(LINK.id);
    expect((await payoutLinks.redeliver(LINK.id)).payout_link.id).toBe(LINK.id);
    expect(await payoutLinks.list()).toEqual(page);
    expect(await payoutLinks.cancel(LINK.id)).toEqual(LINK);
    const unreadable = { name: "UnreadableAnswerError", outcome: "unknown" };
    expect(await failure(payoutLinks.create({ amount: 1000 }))).toMatchObject(unreadable);
    expect(await failure(payoutLinks.list())).toMatchObject({ ...unreadable, outcome: "rejected" });
    expect(await failure(payoutLinks.redeliver(LINK.id))).toMatchObject(unreadable);
  });
});
