import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { exchange } from "../raw.ts";

const PATHS = ["/a/{x}", "/{x}/b", "/a/b", "/{x}/{y}", "/a/{y}", "/a/{x}/c", "/a/b/{z}", "/a/{x}.txt/{z}"];

let mock: Mock;
beforeAll(async () => {
  const paths = Object.fromEntries(
    PATHS.map((path) => [path, { get: { responses: { "200": jsonOf(path) } } }]),
  );
  mock = await startMock({ spec: { openapi: "3.1.0", servers: [{ url: "/base" }], paths } });
});
afterAll(() => mock.close());

function jsonOf(path: string): object {
  return { description: "Its path.", content: { "application/json": { example: path } } };
}

describe("a path", () => {
  it.each([
    ["/a/b", "/a/b"],
    ["/a/z", "/a/{x}"],
    ["/z/b", "/{x}/b"],
    ["/z/z", "/{x}/{y}"],
    ["/a/z/c", "/a/{x}/c"],
    ["/a/b/c", "/a/{x}/c"],
    ["/a/b/z", "/a/b/{z}"],
    ["/a/z.txt/z", "/a/{x}.txt/{z}"],
    ["/%61/b", "/a/b"],
    ["/a/z%2Fc", "/a/{x}"],
    ["/base/a/z", "/a/{x}"],
    ["/base/a/b/z", "/a/b/{z}"],
  ])("%s is served as %s", async (path, template) => {
    const { status, text } = await exchange(mock.url, { method: "GET", path });
    expect({ status, template: JSON.parse(text) }).toEqual({ status: 200, template });
  });

  it("has the methods of all templates that differ only in the names of their parameters", async () => {
    const operation = (method: string, name: string) => ({
      [method]: {
        parameters: [{ name, in: "path", required: true, schema: { enum: [name] } }],
        responses: { "200": jsonOf(name) },
      },
    });
    const paths = { "/a/{id}": operation("get", "id"), "/a/{number}": operation("post", "number") };
    await using both = await startMock({ spec: { openapi: "3.1.0", paths } });
    const ask = async (method: string, path: string) => (await exchange(both.url, { method, path })).status;
    expect(await ask("GET", "/a/id")).toBe(200);
    expect(await ask("POST", "/a/number")).toBe(200);
    expect(await ask("POST", "/a/id")).toBe(422);
    expect(await ask("PUT", "/a/id")).toBe(405);
  });

  it.each(["/a", "/a/", "/a/z/z", "/a/b/", "/a/b/c/d", "//b", "/base"])("%s is not served", async (path) => {
    const { status } = await exchange(mock.url, { method: "GET", path });
    expect(status).toBe(404);
  });
});
