import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { runCommand } from "../src/command.ts";
import { copyApi } from "./lint/break.ts";

const main = join(import.meta.dirname, "../src/main.ts");

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in this process, where the linter is already loaded. */
async function runHere(...args: string[]): Promise<Ended> {
  const streams = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockImplementation(() => true),
  );
  try {
    const code = await runCommand(args);
    const [stdout = "", stderr = ""] = streams.map(({ mock }) => mock.calls.map(([text]) => text).join(""));
    return { code, stdout, stderr };
  } finally {
    for (const stream of streams) stream.mockRestore();
  }
}

describe("the command that lints and bundles", () => {
  let folder: string;
  const path = (file: string): string => join(folder, file);
  const read = (file: string): string => readFileSync(path(file), "utf8");

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "bundle-"));
    await copyApi(folder);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function run(task: "lint" | "bundle"): Promise<{ code: number | null; output: string }> {
    const { code, stdout, stderr } = await runHere(task, folder);
    return { code, output: stdout + stderr };
  }

  function edit(find: string, put: string): void {
    const text = read("openapi.yaml");
    expect(text).toContain(find);
    writeFileSync(path("openapi.yaml"), text.replace(find, put));
  }

  it("writes one document from several files, as JSON and as YAML, and only writes it again when it changes", async () => {
    expect(await run("bundle")).toEqual({ code: 0, output: expect.stringContaining("dist/openapi.json") });
    const bundle = JSON.parse(read("dist/openapi.json"));
    expect(Object.keys(bundle.components.schemas)).toEqual(["NewNote", "Id", "Content", "Note"]);
    expect(parse(read("dist/openapi.yaml"))).toEqual(bundle);
    const written = ["dist/openapi.json", "dist/openapi.yaml"].map((file) => statSync(path(file)).mtimeMs);
    edit("# A small API", "# The small API");
    expect((await run("bundle")).code).toBe(0);
    expect(["dist/openapi.json", "dist/openapi.yaml"].map((file) => statSync(path(file)).mtimeMs)).toEqual(
      written,
    );
    edit("title: Notes", "title: Letters");
    expect((await run("bundle")).code).toBe(0);
    expect(JSON.parse(read("dist/openapi.json")).info.title).toBe("Letters");
  });

  it("reports where an error is, and leaves earlier output", async () => {
    await run("bundle");
    const before = read("dist/openapi.json");
    edit("operationId: createNote", "operationID: createNote");
    const { code, output } = await run("bundle");
    expect(code).toBe(1);
    expect(output).toMatch(/[\\/]openapi\.yaml:24:7 at #\/paths\/~1notes\/post\/operationID\n/);
    expect(read("dist/openapi.json")).toBe(before);
  });

  it("exits with the right code", async () => {
    edit("x-client: notes.create", "x-client: create");
    expect(await run("lint")).toEqual({ code: 1, output: expect.stringContaining("x-client") });
    // Of a process, the one that is ready soonest.
    const { status, stderr } = spawnSync(process.execPath, [main, "lnt"], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/^Usage: /) });
  });

  it("reports where something is not YAML", async () => {
    writeFileSync(path("openapi.yaml"), "openapi: 3.1.0\ninfo: [a\npaths: {}\n");
    const { code, output } = await run("bundle");
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
  ])("reports in one line what is wrong with %s", async (_, text, line, says) => {
    writeFileSync(path("openapi.yaml"), text);
    const { code, output } = await run("lint");
    expect(code).toBe(1);
    expect(output.trimEnd().split("\n")).toEqual([
      expect.stringMatching(new RegExp(`/openapi\\.yaml:${line}:\\d+ .`)),
    ]);
    expect(output).toContain(says);
  });

  it("names a missing file", async () => {
    rmSync(path("openapi.yaml"));
    const { code, output } = await run("lint");
    expect(code).toBe(1);
    expect(output).toMatch(/^\S+\/openapi\.yaml:1:1 There is no such file\.\n$/);
  });

  it.each([["--help"], ["lnt"], ["lint", ".", "more"]])(
    "prints its usage when called with %s",
    async (...args) => {
      const { code, stdout, stderr } = await runHere(...args);
      expect(code).toBe(2);
      expect(stdout).toBe("");
      expect(stderr).toMatch(/^Usage: node spec\/src\/main\.ts lint\|bundle \[folder\]\n.*\n$/);
    },
  );

  it("lints without writing anything", async () => {
    expect(await run("lint")).toEqual({ code: 0, output: expect.stringContaining("keeps all rules") });
    expect(existsSync(path("dist"))).toBe(false);
    edit("x-client: notes.create", "x-client: create");
    expect((await run("lint")).code).toBe(1);
  });
});
