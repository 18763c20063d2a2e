import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { runContract } from "../src/index.ts";
import { listen } from "./reference/listen.ts";

interface Seen {
  readonly method: string | undefined;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
}

/** A server that answers everything in the same way, and what it was sent. */
async function startServer(status: number, body: string) {
  const seen: Seen[] = [];
  const server = await listen((request, response) => {
    seen.push({ method: request.method, url: request.url ?? "", headers: request.headers });
    request.resume();
    request.on("end", () => response.writeHead(status, { "content-type": "application/json" }).end(body));
  });
  return Object.assign(server, { seen });
}

const OK = {
  "200": { description: "Done.", content: { "application/json": { schema: { type: "object" } } } },
};

function specOf(operation: object, more: object = {}, path = "/things") {
  return {
    openapi: "3.1.0",
    info: { title: "Things", version: "1" },
    paths: { [path]: { get: { operationId: "read", responses: OK, ...operation } } },
    ...more,
  };
}

async function run(spec: object, url: string) {
  const report = await runContract({ url, username: "ida", password: "secret-key", seed: 1, spec });
  const unable = Object.fromEntries(report.coverage.notExercised.map(({ id, reason }) => [id, reason]));
  return { report, unable };
}

describe("sends the spec's kind of credentials", () => {
  it.each([
    ["a token", { type: "http", scheme: "bearer" }, { authorization: "Bearer secret-key" }],
    ["OAuth 2.0", { type: "oauth2", flows: {} }, { authorization: "Bearer secret-key" }],
    ["a key in a header", { type: "apiKey", in: "header", name: "X-Key" }, { "x-key": "secret-key" }],
    ["a key in a cookie", { type: "apiKey", in: "cookie", name: "key" }, { cookie: "key=secret-key" }],
  ])("%s", async (_, scheme, headers) => {
    await using server = await startServer(200, "{}");
    await run(
      specOf({ security: [{ used: [] }] }, { components: { securitySchemes: { used: scheme } } }),
      server.url,
    );
    const [first, second] = server.seen;
    expect(second?.headers).toMatchObject(headers);
    // Nothing is sent until it is known who answers.
    expect(JSON.stringify(first)).not.toContain("secret-key");
  });

  it("in the query, and several together", async () => {
    await using server = await startServer(200, "{}");
    const securitySchemes = {
      login: { type: "http", scheme: "basic" },
      key: { type: "apiKey", in: "query", name: "key" },
    };
    await run(
      specOf({ security: [{ login: [], key: [] }] }, { components: { securitySchemes } }),
      server.url,
    );
    expect(server.seen[1]).toMatchObject({
      url: "/things?key=secret-key",
      headers: { authorization: `Basic ${btoa("ida:secret-key")}` },
    });
  });

  it("or does not check operations without a supported kind, and says why", async () => {
    await using server = await startServer(200, "{}");
    const securitySchemes = { certificate: { type: "mutualTLS" } };
    const spec = specOf({ security: [{ certificate: [] }] }, { components: { securitySchemes } });
    const { report, unable } = await run(spec, server.url);
    expect(report.checks).toEqual([]);
    expect(unable["read/accepts/bare"]).toBe("its credentials cannot be sent");
  });

  it("without showing them in commands that repeat a request", async () => {
    await using server = await startServer(500, "{}");
    const securitySchemes = { used: { type: "apiKey", in: "header", name: "X-Key" } };
    const { report } = await run(
      specOf({ security: [{ used: [] }] }, { components: { securitySchemes } }),
      server.url,
    );
    expect(report.failed).toBeGreaterThan(0);
    expect(JSON.stringify(report)).not.toContain("secret-key");
  });
});

it("sends required parameters in every place", async () => {
  await using server = await startServer(200, "{}");
  const of = (name: string, place: string, schema: object, more: object = {}) => ({
    ...{ name, in: place, required: true, schema },
    ...more,
  });
  const parameters = [
    of("id", "path", { type: "string" }, { example: "a b", style: "label" }),
    of("X-Trace", "header", { type: "string", enum: ["on"] }),
    of("Accept", "header", { type: "string", enum: ["nothing"] }),
    of("session", "cookie", { type: "integer" }),
    of("tags", "query", { type: "array", items: { type: "string", enum: ["red"] } }),
  ];
  await run(specOf({ parameters }, {}, "/things/{id}"), server.url);
  expect(server.seen[0]).toMatchObject({
    url: "/things/.a%20b?tags=red",
    headers: { "x-trace": "on", accept: "application/json", cookie: "session=1" },
  });
});

it("does not check an operation whose request can't be built", async () => {
  await using server = await startServer(200, "{}");
  const requestBody = { required: true, content: { "text/csv": {} } };
  const { unable } = await run(specOf({ requestBody }), server.url);
  expect(unable["read/accepts/bare"]).toMatch(/no valid body is known/);
  const parameters = [{ name: "by", in: "query", required: true, content: { "application/json": {} } }];
  expect((await run(specOf({ parameters }), server.url)).unable["read/accepts/bare"]).toMatch(
    /the parameter by/,
  );
});

it("treats only documented refusals as promises", async () => {
  await using server = await startServer(200, "{}");
  const content = {
    "application/json": {
      schema: { type: "object", required: ["a"], properties: { a: { type: "number" } } },
    },
  };
  const spec = specOf(
    { requestBody: { required: true, content }, security: [{ login: [] }] },
    { components: { securitySchemes: { login: { type: "http", scheme: "basic" } } } },
  );
  const { unable } = await run(spec, server.url);
  expect(unable["read/authenticates/none"]).toBe("the spec does not document a 401 here");
  expect(unable["read/refuses/json-cut"]).toBe("the spec documents neither a 400 nor a 422 here");
});

it("does not treat a path of another operation as unknown", async () => {
  await using server = await startServer(200, "{}");
  const ids = async (spec: object) => (await run(spec, server.url)).report.checks.map(({ id }) => id);
  const spec = specOf({});
  const paths = { ...spec.paths, "/things/{id}": { get: { operationId: "one", responses: OK } } };
  expect(await ids(spec)).toContain("read/survives/unknown-path");
  expect(await ids({ ...spec, paths })).not.toContain("read/survives/unknown-path");
});

it("treats an answer as documented if its range is", async () => {
  await using server = await startServer(200, "{}");
  const responses = { "200": { description: "Done.", content: { "*/*": { schema: { type: "object" } } } } };
  const { report } = await run(specOf({ responses }), server.url);
  expect(report.checks.find(({ id }) => id === "read/accepts/bare")?.status).toBe("passed");
});

it("treats the default response as the success if there is no other", async () => {
  await using server = await startServer(200, "{}");
  const responses = { default: OK["200"] };
  const { report } = await run(specOf({ responses }), server.url);
  expect(report.checks.find(({ id }) => id === "read/accepts/bare")?.status).toBe("passed");
});

it("supports schemas that contain themselves in many ways", async () => {
  await using server = await startServer(200, "{}");
  const names = ["a", "b", "c", "d"];
  const Tree = {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, { $ref: "#/components/schemas/Tree" }])),
  };
  const content = { "application/json": { schema: { $ref: "#/components/schemas/Tree" } } };
  const responses = { "200": { description: "Done.", content } };
  const { report } = await run(specOf({ responses }, { components: { schemas: { Tree } } }), server.url);
  expect(report.coverage.rules.map(({ keyword }) => keyword)).toEqual(["status", "type"]);
});

it("compares numbers in answers as decimals", async () => {
  const schema = { type: "object", properties: { amount: { type: "number", multipleOf: 0.01 } } };
  const responses = { "200": { description: "Done.", content: { "application/json": { schema } } } };
  const statusFor = async (amount: number) => {
    await using server = await startServer(200, JSON.stringify({ amount }));
    const { report } = await run(specOf({ responses }), server.url);
    return report.checks.find(({ id }) => id === "read/accepts/bare")?.status;
  };
  for (const amount of [19.99, 4.35, 0.29, 0.07]) expect(await statusFor(amount)).toBe("passed");
  expect(await statusFor(0.075)).toBe("failed");
});
