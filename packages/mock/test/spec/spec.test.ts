import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMock } from "../../src/index.ts";
import { post } from "../send.ts";

const BUNDLE = createRequire(import.meta.url).resolve("@dots-payouts/spec/openapi.json");

let folder: string;
let bundle: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mock-"));
  bundle = await readFile(BUNDLE, "utf8");
});
afterAll(() => rm(folder, { recursive: true }));

async function written(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

describe("an unusable spec is refused with the place", () => {
  it.each([
    ["a schema that does not compile", '"exclusiveMinimum":0', '"exclusiveMinimum":"0"', "exclusiveMinimum"],
    [
      "an unknown type",
      '"title":"Amount","type":"integer"',
      '"title":"Amount","type":"int"',
      "#/components/schemas/Amount/type",
    ],
    [
      "a key that is nowhere",
      '"at":"/idempotency_key"',
      '"at":"/key"',
      "/key leads nowhere in the request body",
    ],
    [
      "an echo from nowhere",
      '"/amount":"/amount"',
      '"/amount":"/sum"',
      "/sum leads nowhere in the request body",
    ],
    ["an echo to nowhere", '"/amount":"/amount"', '"/sum":"/amount"', "/sum leads nowhere in the response"],
    ["an unknown way to make a value", '"x-generate":"uuid"', '"x-generate":"ulid"', "ulid is not known"],
  ])("%s", async (_name, from, to, place) => {
    const text = JSON.stringify(JSON.parse(bundle));
    expect(text).toContain(from);
    const spec: Record<string, unknown> = JSON.parse(text.replace(from, to));
    await expect(startMock({ spec })).rejects.toThrow(place);
    await expect(startMock({ spec })).rejects.toThrow(/^The spec cannot be served: #\//);
  });

  it.each<[name: string, schema: object | boolean, problem: string]>([
    ["a reference to nothing", { $ref: "#/components/schemas/None" }, "can't resolve reference"],
    ["an invalid pattern in Unicode", { pattern: "\\-" }, "Invalid escape"],
    ["such a pattern for names", { patternProperties: { "\\-": true } }, "Invalid escape"],
    ["a choice of nothing", { enum: [] }, "enum must have non-empty array"],
    ["`id`, which was `$id` once", { id: "user" }, 'use "$id"'],
    ["null of no type", { nullable: true }, '"nullable" cannot be used without "type"'],
    ["null and not null", { type: "null", nullable: false }, "contradicts"],
    ["a dynamic reference to nothing", { $dynamicRef: "other#x" }, "hash fragment"],
    ["a broken dependency", { dependencies: { name: { enum: [] } } }, "enum must have non-empty array"],
    [
      "a relative reference below an `$id`",
      { $id: "https://a.test/b", $ref: "c" },
      "can't resolve reference",
    ],
  ])("a schema deep in a request with %s", async (_name, broken, problem) => {
    for (const schema of [broken, { allOf: [{ properties: { name: { items: broken } } }] }]) {
      const spec = JSON.parse(bundle);
      spec.components.schemas.UserId = schema;
      const place = "#/paths/~1v2~1payout-links/post/requestBody/content/application~1json/schema";
      const start = startMock({ spec });
      await expect(start).rejects.toThrow(
        `The spec cannot be served: ${place}: the schema does not compile:`,
      );
      await expect(start).rejects.toThrow(problem);
    }
  });

  it("a schema in an unknown dialect", async () => {
    const spec = JSON.parse(bundle);
    spec.components.schemas.UserId = { $schema: "http://json-schema.org/draft-04/schema#" };
    await expect(startMock({ spec })).rejects.toThrow(
      /^The spec cannot be served: #\/components\/schemas\/UserId\/\$schema: .*draft-04.* is not a supported dialect/,
    );
  });

  it("references that only lead to each other", async () => {
    const spec = JSON.parse(bundle);
    spec.components.schemas.UserId = { $ref: "#/components/schemas/Metadata" };
    spec.components.schemas.Metadata = { $ref: "#/components/schemas/UserId" };
    await expect(startMock({ spec })).rejects.toThrow(
      /^The spec cannot be served: #\/components\/schemas\/\w+: .* leads back to itself/,
    );
  });

  it.each<[name: string, schema: object]>([
    [
      "words of its own in it",
      { "x-ours": { enum: [] }, example: { $ref: "#/nowhere" }, default: { id: 1 } },
    ],
    ["fields named like keywords", { properties: { id: { type: "string" }, enum: true, $ref: true } }],
    ["a circle through its fields", { properties: { boss: { $ref: "#/components/schemas/UserId" } } }],
    ["an `$id`", { $id: "https://a.test/b", type: "string" }],
    ["a reference into another schema", { $ref: "#/components/schemas/Person/properties/email" }],
    [
      "a reference to a response's schema",
      { $ref: "#/paths/~1v2~1payout-links/post/responses/200/content/application~1json/schema" },
    ],
  ])("but not one with %s", async (_name, schema) => {
    const spec = JSON.parse(bundle);
    spec.components.schemas.UserId = schema;
    await using mock = await startMock({ spec });
    expect((await post(`${mock.url}/v2/payout-links`, { amount: 5 })).status).toBe(200);
  });

  it("a missing file", async () => {
    await expect(startMock({ spec: join(folder, "none.json") })).rejects.toThrow(
      /^There is no spec at .*none\.json\.$/,
    );
  });

  it("a file that is not JSON", async () => {
    const spec = await written("broken.json", "{");
    await expect(startMock({ spec })).rejects.toThrow(/broken\.json is not valid JSON/);
  });

  it.each([
    ["an alias of something that contains it", "paths: &a { /a: *a }", "#/paths/~1a: this is an alias"],
    ["an empty file", "", "the document: not a JSON object"],
  ])("%s", async (_, text, problem) => {
    const spec = await written("odd.yaml", text === "" ? "" : `openapi: 3.1.0\n${text}\n`);
    await expect(startMock({ spec })).rejects.toThrow(problem);
  });

  it("a file that is not OpenAPI", async () => {
    const spec = await written("other.yaml", "swagger: '2.0'");
    await expect(startMock({ spec })).rejects.toThrow(/OpenAPI 3\.0 or 3\.1 is needed/);
  });
});

describe("a new spec", () => {
  it("is served from the next request on, and keeps what is remembered", async () => {
    await using mock = await startMock();
    const url = `${mock.url}/v2/payout-links`;
    const idempotency_key = "5f0c8f3a-8f0e-4e0b-9a57-2f6f1f8f7c11";
    const first = await post(url, { amount: 5, idempotency_key });
    await mock.reload(await written("next.json", bundle.replaceAll("exclusiveMinimum", "minimum")));
    expect((await post(url, { amount: 0 })).status).toBe(200);
    expect((await post(url, { amount: 7, idempotency_key })).text).toBe(first.text);
  });

  it("that can't be used leaves the last good one in use", async () => {
    await using mock = await startMock();
    await expect(mock.reload({ openapi: "3.1.0" })).rejects.toThrow("#/paths: missing");
    expect((await post(`${mock.url}/v2/payout-links`, { amount: 5 })).status).toBe(200);
  });
});

describe("a spec at a URL", () => {
  it("is served, in JSON and in YAML, and refused with the reason if it can't be used", async () => {
    const pages: Record<string, string> = {
      "/openapi.json": bundle,
      "/openapi.yaml": "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n",
      "/linked.yaml": "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {/a: {$ref: other.yaml}}\n",
    };
    const server = createServer((request, response) => {
      const page = pages[request.url ?? ""];
      response.writeHead(page === undefined ? 404 : 200).end(page);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    try {
      await using mock = await startMock({ spec: `${url}/openapi.json` });
      expect((await post(`${mock.url}/v2/payout-links`, { amount: 5 })).status).toBe(200);
      await (await startMock({ spec: `${url}/openapi.yaml` })).close();
      await expect(startMock({ spec: `${url}/linked.yaml` })).rejects.toThrow(/other\.yaml/);
      await expect(startMock({ spec: `${url}/none` })).rejects.toThrow(/status 404/);
      await expect(startMock({ spec: "http://127.0.0.1:9/a" })).rejects.toThrow(/cannot be read/);
    } finally {
      server.close();
    }
  });
});
