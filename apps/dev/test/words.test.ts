import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "@dots-payouts/workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** What is written only where it has changed, and what a build makes anew as a whole. */
const WRITTEN = ["packages/client/src/generated", "apps/docs/dist"];
const BUILT = ["packages/client/dist", "packages/mock/dist", "packages/contract/dist"];

describe("an edit of the words of one operation", () => {
  let workspace: Workspace;
  let written: string[];
  let built: string[];

  beforeAll(() => {
    workspace = new Workspace();
    build();
    const times = new Map(WRITTEN.flatMap(list).map((file) => [file, statSync(path(file)).mtimeMs]));
    const contents = new Map(BUILT.flatMap(list).map((file) => [file, readFileSync(path(file), "utf8")]));
    const spec = path("spec/openapi.yaml");
    const text = readFileSync(spec, "utf8");
    // Words that no cache has seen.
    const edited = text.replace(
      /(operationId: sendPayout\n[\s\S]*?description: \|\n.*)/,
      `$1 ${randomUUID()}`,
    );
    expect(edited).not.toBe(text);
    writeFileSync(spec, edited);
    build();
    written = WRITTEN.flatMap(list).filter((file) => times.get(file) !== statSync(path(file)).mtimeMs);
    built = BUILT.flatMap(list).filter((file) => contents.get(file) !== readFileSync(path(file), "utf8"));
  }, 120_000);

  afterAll(() => workspace.remove());

  const path = (file: string): string => join(workspace.folder, file);

  function build(): void {
    execFileSync("turbo", ["run", "build", "--output-logs=errors-only"], {
      cwd: workspace.folder,
      env: workspace.env,
      stdio: "pipe",
    });
  }

  function list(folder: string): string[] {
    return readdirSync(path(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(workspace.folder.length + 1));
  }

  it("reaches the comments that an editor shows, and no other generated source", () => {
    expect(
      written.filter((file) => file.includes("generated")).map((file) => file.split("/").at(-1)),
    ).toEqual(["resources.ts", "schema.ts"]);
  });

  it("reaches the pages that show it, and no other page", () => {
    const pages = written
      .filter((file) => file.endsWith(".html"))
      .map((file) => file.replace("apps/docs/dist/", ""));
    // The start page is written last, whatever it says.
    expect(pages.sort()).toEqual(["index.html", "reference/index.html", "reference/send-payout/index.html"]);
  });

  it("changes what the client declares, and nothing that runs", () => {
    expect(built.map((file) => file.replace("packages/client/dist/generated/", "")).sort()).toEqual([
      "resources.d.cts",
      "resources.d.mts",
      "schema.d.cts",
      "schema.d.mts",
    ]);
  });
});
