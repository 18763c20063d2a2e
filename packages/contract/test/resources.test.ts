import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { runContract } from "../src/index.ts";

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

/** The operations whose checks of resources fail on a server with this fault. */
async function failing(fault?: Fault): Promise<string[]> {
  const kept = new Map<string, Record<string, unknown>>();
  const answer = (
    method: string,
    id: string | undefined,
    sent: Record<string, unknown>,
  ): [number, unknown?] => {
    if (id === undefined && method === "GET")
      return [200, fault === "lists nothing" ? [] : [...kept.values()]];
    if (id === undefined && typeof sent["name"] !== "string") return [422];
    if (id === undefined) {
      const made = { id: randomUUID(), name: sent["name"] };
      kept.set(made.id, made);
      return [201, made];
    }
    const known = kept.get(id) ?? (fault === "knows any ID" ? { id, name: "Any" } : undefined);
    if (known === undefined) return [404];
    if (method === "GET") return [200, fault === "reads another" ? { ...known, name: "Another" } : known];
    if (method === "PATCH") {
      const changed = { ...known, name: sent["name"], ...(fault === "does not set" ? {} : { away: true }) };
      if (fault !== "forgets changes") kept.set(id, changed);
      return [200, changed];
    }
    if (fault !== "keeps removed") kept.delete(id);
    return [204];
  };
  const server = createServer(async (request, response) => {
    const [status, body] = answer(request.method ?? "", request.url?.split("/")[2], await readJson(request));
    response.writeHead(status, { "content-type": "application/json" });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  try {
    const { checks } = await runContract({
      url: `http://127.0.0.1:${port}`,
      spec,
      seed: 1,
      only: ["/resources/"],
    });
    return checks
      .filter(({ status }) => status === "failed")
      .map(({ id }) => id.replace("make/resources/", ""));
  } finally {
    server.close();
  }
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const chunk of request) text += chunk;
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

describe("resources that operations share", () => {
  it("pass on a server that keeps them", async () => {
    expect(await failing()).toEqual([]);
  });

  it.each<[Fault, string[]]>([
    ["reads another", ["read", "rename"]],
    ["lists nothing", ["list"]],
    ["forgets changes", ["rename"]],
    ["does not set", ["rename"]],
    ["keeps removed", ["drop"]],
    ["knows any ID", ["read-unknown", "drop"]],
  ])("fail on a server that %s", async (fault, checks) => {
    expect((await failing(fault)).toSorted()).toEqual(checks.toSorted());
  });
});
