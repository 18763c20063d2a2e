import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyApi, lint } from "./break.ts";

describe("the rules of this repository", () => {
  let root = "";

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "lint-"));
    await copyApi(join(root, "0"));
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  it("find nothing in small APIs without mistakes", async () => {
    await copyApi(join(root, "1"), "life");
    expect(await lint(root, 2)).toEqual(new Map());
  });

  it("find nothing in examples that only Redocly's validator can check", async () => {
    const path = join(root, "0/openapi.yaml");
    const text = await readFile(path, "utf8");
    const name = "name:\n                    type: string\n";
    expect(text).toContain(name);
    const keywords = "                    readOnly: false\n                    format: int32\n";
    await writeFile(path, text.replace(name, `${name}${keywords}`));
    expect(await lint(root, 1)).toEqual(new Map());
  });

  it.each([
    ["openapi.yaml", "schemas/note.yaml#/Content", "schemas/gone.yaml#/Content"],
    ["openapi.yaml", '$ref: "#/components/schemas/NewNote"', '$ref: "#/components/schemas/Gone"'],
    ["schemas/note.yaml", '$ref: "#/Id"\n        created', '$ref: "#/Gone"\n        created'],
  ])("leave it to Redocly if a reference in %s leads nowhere", async (file, find, put) => {
    const path = join(root, "0", file);
    const text = await readFile(path, "utf8");
    expect(text).toContain(find);
    await writeFile(path, text.replace(find, put));
    const rules = new Set([...(await lint(root, 1)).values()].flat().map(({ rule }) => rule));
    expect(rules).toContain("no-unresolved-refs");
    expect([...rules].filter((rule) => rule.startsWith("spec/"))).toEqual([]);
  });
});
