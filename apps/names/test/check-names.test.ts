import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkNames } from "@dots-payouts/names";
import { asDocument } from "@dots-payouts/openapi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const spec = asDocument({
  openapi: "3.1.0",
  info: { title: "Zoo", version: "1" },
  servers: [{ url: "https://zoo.example.com", "x-environment": "savanna" }],
  paths: {
    "/v1/big-cats/{cat_id}": {
      get: {
        operationId: "feedCat",
        "x-client": "bigCats.feed",
        parameters: [
          { name: "cat_id", in: "path", required: true, schema: { type: "string" } },
          { name: "whisker", in: "query", schema: { type: "string", enum: ["short-haired"] } },
        ],
        responses: {
          "200": {
            description: "Fed.",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Feline" } } },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Feline: {
        type: "object",
        properties: {
          paw_size: { type: "integer", examples: [7] },
          keeper: { type: "string" },
          status: { type: "string", enum: ["asleep"] },
          example: { type: "string", enum: ["roaring"] },
          environment: { type: "string" },
        },
      },
    },
  },
});

const SOURCES = ["packages/*/src/**", "apps/*/src/**"];

describe("the check for names of the spec", () => {
  let root: string;

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "names-"));
    write("package.json", JSON.stringify({ name: "zoo-keeper" }));
    write("packages/zero/src/index.ts", "");
    write("apps/zero/src/index.ts", "");
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it.each([
    ["a path", 'const path = "/big-cats";'],
    ["a path in another spelling", "const bigCats = [];"],
    ["a parameter of a path", "address(cat_id)"],
    ["a parameter of a query", "?whisker=1"],
    ["an operation", 'run("feedCat")'],
    ["a client's method", "client.feed()"],
    ["a server", 'environment: "savanna"'],
    ["a schema", "interface Feline {}"],
    ["a property", "body.paw_size"],
    ["a property as a variable", "const oldPawSize = 1;"],
    ["a property in a comment", "// The paw_size is read here."],
    ["a value", 'if (state === "asleep") return;'],
    ["a value of a parameter", "const shortHaired = true;"],
    ["a value of a property that is called like a keyword", "const roaring = true;"],
  ])("finds %s", (_, code) => {
    write("packages/one/src/deep/file.ts", `\n${code}\n`);
    expect(checkNames(root, spec, SOURCES)).toEqual([
      expect.stringMatching(/^packages\/one\/src\/deep\/file\.ts:2: .+ names .+ of the spec.+generated\//),
    ]);
  });

  it("checks every package and app, and names each place", () => {
    write("packages/one/src/a.ts", "feedCat\n\nasleep");
    write("apps/two/src/b.css", ".whisker {}");
    const places = checkNames(root, spec, SOURCES).map((line) => line.split(": ")[0]);
    expect(places).toEqual(["apps/two/src/b.css:1", "packages/one/src/a.ts:1", "packages/one/src/a.ts:3"]);
  });

  it("fails if a folder that it should check does not exist", () => {
    expect(() => checkNames(root, spec, ["packages/*/src/**", "moved/**"])).toThrow("moved/** finds no file");
  });

  it("ignores generated sources, tests and guides", () => {
    for (const file of ["src/generated/a.ts", "test/a.test.ts", "README.md"]) {
      write(`packages/one/${file}`, "feedCat");
    }
    expect(checkNames(root, spec, SOURCES)).toEqual([]);
  });

  it("ignores generic words, the names of extensions, and the repository's own name", () => {
    write(
      "packages/one/src/a.ts",
      'import "@zoo-keeper/one"; const environment = response.status; // Zoo Keeper',
    );
    expect(checkNames(root, spec, SOURCES)).toEqual([]);
  });

  it("lists the first places of a frequent name, and says once what to do if it is generic", () => {
    write("packages/one/src/a.ts", "feedCat\n".repeat(9));
    write("packages/one/src/b.ts", "asleep");
    const lines = checkNames(root, spec, SOURCES);
    expect(lines).toHaveLength(5);
    expect(lines[3]).toMatch(/^\S+ is in 6 more places\. .*generic-words\.ts, with a reason\.$/);
    expect(lines[4]).toMatch(/^packages\/one\/src\/b\.ts:1: asleep /);
  });

  it("ignores a name that is only a part of a word", () => {
    write("packages/one/src/a.ts", "const feeder = felineness + paws;");
    expect(checkNames(root, spec, SOURCES)).toEqual([]);
  });
});
