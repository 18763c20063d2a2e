import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { copyApi } from "./lint/break.ts";

const main = join(import.meta.dirname, "../src/main.ts");

describe("the command that lints and bundles", () => {
  let folder: string;
  const path = (file: string): string => join(folder, file);
  const read = (file: string): string => readFileSync(path(file), "utf8");

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "bundle-"));
    await copyApi(folder);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function run(task: "lint" | "bundle"): { code: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, task, folder], {
      encoding: "utf8",
    });
    return { code: status, output: stdout + stderr };
  }

  function edit(find: string, put: string): void {
    const text = read("openapi.yaml");
    expect(text).toContain(find);
    writeFileSync(path("openapi.yaml"), text.replace(find, put));
  }

  it("writes one document from several files, as JSON and as YAML, and the same again only when it changes", () => {
    expect(run("bundle")).toEqual({ code: 0, output: expect.stringContaining("dist/openapi.json") });
    const bundle = JSON.parse(read("dist/openapi.json"));
    expect(Object.keys(bundle.components.schemas)).toEqual(["NewNote", "Id", "Content", "Note"]);
    expect(parse(read("dist/openapi.yaml"))).toEqual(bundle);
    const written = ["dist/openapi.json", "dist/openapi.yaml"].map((file) => statSync(path(file)).mtimeMs);
    edit("# A small API", "# The small API");
    expect(run("bundle").code).toBe(0);
    expect(["dist/openapi.json", "dist/openapi.yaml"].map((file) => statSync(path(file)).mtimeMs)).toEqual(
      written,
    );
    edit("title: Notes", "title: Letters");
    expect(run("bundle").code).toBe(0);
    expect(JSON.parse(read("dist/openapi.json")).info.title).toBe("Letters");
  });

  it("says where an error is, and leaves what it has written before", () => {
    run("bundle");
    const before = read("dist/openapi.json");
    edit("operationId: createNote", "operationID: createNote");
    const { code, output } = run("bundle");
    expect(code).toBe(1);
    expect(output).toMatch(/\/openapi\.yaml:24:7 at #\/paths\/~1notes\/post\/operationID\n/);
    expect(read("dist/openapi.json")).toBe(before);
  });

  it("says where something is no YAML", () => {
    writeFileSync(path("openapi.yaml"), "openapi: 3.1.0\ninfo: [a\npaths: {}\n");
    const { code, output } = run("bundle");
    expect(code).toBe(1);
    expect(output).toMatch(/^\S+\/openapi\.yaml:3:1 [^/]+\n$/);
  });

  it.each<[string, string, number, string]>([
    ["an empty file", "", 1, "The file is empty."],
    ["a text", "notes\n", 1, "An OpenAPI description is an object."],
    [
      "a merge conflict",
      "openapi: 3.1.0\n<<<<<<< HEAD\ninfo: a\n=======\ninfo: b\n>>>>>>> other\n",
      2,
      "Resolve this merge conflict first.",
    ],
    ["an alias loop", "openapi: 3.1.0\ninfo: &info\n  more: *info\n", 3, "This is an alias of something"],
    [
      "a reference loop",
      'openapi: 3.1.0\npaths:\n  /a:\n    $ref: "#/paths/~1b"\n  /b:\n    $ref: "#/paths/~1a"\n',
      4,
      "leads back to itself.",
    ],
  ])("says in one line what is wrong with %s", (_, text, line, says) => {
    writeFileSync(path("openapi.yaml"), text);
    const { code, output } = run("lint");
    expect(code).toBe(1);
    expect(output.trimEnd().split("\n")).toEqual([
      expect.stringMatching(new RegExp(`/openapi\\.yaml:${line}:\\d+ .`)),
    ]);
    expect(output).toContain(says);
  });

  it("says which file is missing", () => {
    rmSync(path("openapi.yaml"));
    const { code, output } = run("lint");
    expect(code).toBe(1);
    expect(output).toMatch(/^\S+\/openapi\.yaml:1:1 There is no such file\.\n$/);
  });

  it.each([["--help"], ["lnt"], ["lint", ".", "more"]])(
    "says how it is used when it is given %s",
    (...args) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
      expect(status).toBe(2);
      expect(stdout).toBe("");
      expect(stderr).toMatch(/^Usage: node spec\/src\/main\.ts lint\|bundle \[folder\]\n.*\n$/);
    },
  );

  it("lints without writing anything", () => {
    expect(run("lint")).toEqual({ code: 0, output: expect.stringContaining("keeps all rules") });
    expect(existsSync(path("dist"))).toBe(false);
    edit("x-client: notes.create", "x-client: create");
    expect(run("lint").code).toBe(1);
  });
});
