import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { runContract } from "../src/index.ts";
import { listen } from "./reference/listen.ts";

const CAT = {
  type: "object",
  required: ["id", "name"],
  properties: {
    id: { type: "string", "x-generate": "uuid" },
    name: { type: "string" },
    away: { type: "boolean" },
  },
};
const cat = {
  description: "A cat.",
  content: { "application/json": { schema: CAT } },
  "x-echo": { "/name": "/name" },
};
const cats = {
  description: "Cats.",
  content: { "application/json": { schema: { type: "array", items: CAT } } },
};
const requestBody = {
  required: true,
  content: {
    "application/json": {
      schema: {
        type: "object",
        required: ["name"],
        properties: { name: { type: "string", examples: ["Ida"] } },
      },
    },
  },
};
const parameters = [{ name: "id", in: "path", required: true, schema: { type: "string" } }];
const failure = { "4XX": { description: "No." } };
const role = (does: string, more: object) => ({ "x-resource": { kind: "cat", does, ...more } });
const spec = {
  openapi: "3.1.0",
  info: { title: "Cats", version: "1" },
  paths: {
    "/cats": {
      post: {
        operationId: "make",
        ...role("create", { id: "/id" }),
        requestBody,
        responses: { "201": cat, ...failure },
      },
      get: { operationId: "list", ...role("list", { items: "" }), responses: { "200": cats } },
    },
    "/cats/{id}": {
      parameters,
      get: { operationId: "read", ...role("read", { by: "id" }), responses: { "200": cat, ...failure } },
      patch: {
        operationId: "rename",
        ...role("change", { by: "id", sets: { "/away": true } }),
        requestBody,
        responses: { "200": cat, ...failure },
      },
      delete: {
        operationId: "drop",
        ...role("remove", { by: "id" }),
        responses: { "204": { description: "Gone." }, ...failure },
      },
    },
  },
};

type Fault =
  | "reads another"
  | "lists nothing"
  | "forgets changes"
  | "does not set"
  | "keeps removed"
  | "knows any ID";

/** The operations whose resource checks fail on a server with this fault. */
async function failing(fault?: Fault): Promise<string[]> {
  const kept = new Map<string, JsonObject>();
  const answer = (method: string, id: string | undefined, sent: JsonObject): [number, Json?] => {
    if (id === undefined && method === "GET")
      return [200, fault === "lists nothing" ? [] : [...kept.values()]];
    const { name = null } = sent;
    if (id === undefined && typeof name !== "string") return [422];
    if (id === undefined) {
      const made = { id: randomUUID(), name };
      kept.set(made.id, made);
      return [201, made];
    }
    const known = kept.get(id) ?? (fault === "knows any ID" ? { id, name: "Any" } : undefined);
    if (known === undefined) return [404];
    if (method === "GET") return [200, fault === "reads another" ? { ...known, name: "Another" } : known];
    if (method === "PATCH") {
      const changed = { ...known, name, ...(fault === "does not set" ? {} : { away: true }) };
      if (fault !== "forgets changes") kept.set(id, changed);
      return [200, changed];
    }
    if (fault !== "keeps removed") kept.delete(id);
    return [204];
  };
  await using server = await listen(async (request, response) => {
    const [status, body] = answer(request.method ?? "", request.url?.split("/")[2], await readJson(request));
    response.writeHead(status, { "content-type": "application/json" });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  });
  const { checks } = await runContract({ url: server.url, spec, seed: 1, only: ["/resources/"] });
  return checks
    .filter(({ status }) => status === "failed")
    .map(({ id }) => id.replace("make/resources/", ""));
}

async function readJson(request: IncomingMessage): Promise<JsonObject> {
  try {
    const json: Json = JSON.parse(await text(request));
    return isObject(json) ? json : {};
  } catch {
    return {};
  }
}

describe("resources that operations share", () => {
  it("pass if the server keeps them", async () => {
    expect(await failing()).toEqual([]);
  });

  it.each<[Fault, string[]]>([
    ["reads another", ["read", "rename"]],
    ["lists nothing", ["list"]],
    ["forgets changes", ["rename"]],
    ["does not set", ["rename"]],
    ["keeps removed", ["drop"]],
    ["knows any ID", ["read-unknown", "drop"]],
  ])("fail if the server %s", async (fault, checks) => {
    expect((await failing(fault)).toSorted()).toEqual(checks.toSorted());
  });
});
