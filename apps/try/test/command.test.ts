import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openSource, SourceError, table, trySpec } from "@dots-payouts/try";
import { describe, expect, it } from "vitest";
import { run } from "./command.ts";
import { ownFolder } from "./own-folder.ts";
import { serve } from "./served.ts";

const folder = ownFolder();

function written(name: string, text: string): string {
  const file = join(folder(), name);
  writeFileSync(file, text);
  return file;
}

describe("what cannot be tried is said in a line, with the status 2", () => {
  it.each([
    ["nothing", [], /^One file or URL is needed\.$/m],
    ["two", ["a.yaml", "b.yaml"], /^One file or URL is needed\.$/m],
    ["an unknown option", ["--loud"], /^Unknown option '--loud'/m],
    ["a file that is not there", ["no-such.yaml"], /^There is no file .*no-such\.yaml\.$/m],
    ["a folder", [tmpdir()], /is not a file\.$/m],
  ])("%s", async (_, args, line) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(line);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it.each([
    ["text", "Hello", "is no OpenAPI description"],
    ["Swagger", '{"swagger":"2.0"}', "is of Swagger 2.0; 3.0 or 3.1 is needed"],
    ["a later OpenAPI", "openapi: 3.2.0", "is of OpenAPI 3.2.0; 3.0 or 3.1 is needed"],
    ["a byte order mark before it", "\uFEFFopenapi: 3.2.0", "is of OpenAPI 3.2.0; 3.0 or 3.1 is needed"],
  ])("%s", async (name, text, line) => {
    const { code, stderr } = await run(written(name, text));
    expect(code).toBe(2);
    expect(stderr).toContain(line);
  });
});

it("the command prints and exits as it is told to", async () => {
  const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
  const ended = spawnSync(process.execPath, [main], { encoding: "utf8" });
  expect([ended.status, ended.stdout]).toEqual([2, ""]);
  expect(ended.stderr).toMatch(/^One file or URL is needed\.\n\npnpm try /);
});

describe("a URL", () => {
  it("that gives no description is said in a line", async () => {
    await using server = await serve(({ url }, response) => {
      if (url === "/page") response.end("<h1>Hello</h1>");
      else if (url !== "/silent") response.writeHead(404).end("openapi: 3.1.0");
    });
    const opened = (path: string, patience?: number) => openSource(server.url + path, patience);
    await expect(opened("/missing")).rejects.toThrow(new SourceError(`${server.url}/missing answers 404.`));
    await expect(opened("/page")).rejects.toThrow("is no OpenAPI description");
    await expect(opened("/silent", 100)).rejects.toThrow("gives no answer within 0.1 s.");
    const { code, stderr } = await run("http://127.0.0.1:1/api.yaml");
    expect(code).toBe(2);
    expect(stderr).toMatch(/^http:\/\/127\.0\.0\.1:1\/api\.yaml cannot be reached: .+\.$/m);
  });
});

it("what is not well-formed is refused with file and place, and nothing fails for it", async () => {
  const file = written(
    "broken.yaml",
    'openapi: 3.1.0\ninfo: { title: x, version: "1" }\npaths:\n  /a:\n    get: { responses: { "200": { $ref: "./no.yaml#/a" } } }\n',
  );
  const { code, stdout } = await run(file, "--json");
  const outcomes: { step: string; result: string; place?: string }[] = JSON.parse(stdout);
  expect(code).toBe(1);
  expect(outcomes.map(({ step, result }) => [step, result])).toEqual([
    ...[
      ["lint", "refused"],
      ["bundle", "refused"],
    ],
    ...["types", "client", "mock", "contract suite", "docs"].map((step) => [step, "skipped"]),
  ]);
  // Nothing is left of what the command needs.
  expect(readdirSync(folder()).filter((name) => name.startsWith("dots-workspace-"))).toEqual([]);
  expect(outcomes[0]).toMatchObject({
    step: "lint",
    result: "refused",
    place: "broken.yaml#/paths/~1a/get/responses/200",
  });
});

it.each([
  ["an alias of something that contains it", "x-a: &a { b: *a }\npaths: {}", "endless.yaml#/x-a/b"],
  [
    "references that lead to nothing but each other",
    'paths: {}\ncomponents: { schemas: { A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/A" } } }',
    "endless.yaml#/components/schemas/A",
  ],
  ["a list that is not closed", "paths: [", "endless.yaml:4:1"],
  ["a second document", "paths: {}\n---\npaths: {}", "endless.yaml"],
])("what has no end is refused with its place: %s", async (_, rest, place) => {
  const file = written("endless.yaml", `openapi: 3.1.0\ninfo: { title: x, version: "1" }\n${rest}\n`);
  const outcomes = await trySpec(await openSource(file));
  expect(outcomes.slice(0, 2)).toMatchObject([
    { step: "lint", result: "refused", place },
    { step: "bundle", result: "refused", place },
  ]);
  expect(outcomes.map(({ result }) => result)).not.toContain("failed");
});

describe("the table", () => {
  const outcomes = [
    { step: "lint", result: "works", detail: "" },
    {
      step: "client",
      result: "refused",
      place: "#/paths/~1a~1long~1path~1of~1things/get",
      detail: "why not, in a few words",
    },
  ] as const;

  it("has the place before the reason, and each in its own column", () => {
    expect(table(outcomes, 80)).toBe(`lint    works
client  refused  #/paths/~1a~1long~1path~1of~1things/get
                 why not, in a few words`);
  });

  it("keeps to the width, and cuts a place only where a line ends", () => {
    expect(table(outcomes, 47)).toBe(`lint    works
client  refused  #/paths/~1a~1long~1path~1of~1t
                 hings/get
                 why not, in a few words`);
  });
});
