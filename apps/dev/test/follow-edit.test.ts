import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { followEdit } from "../src/follow-edit.ts";

/** Says of a bundle, and of a build that can't use it, what turbo says; `test/start.test.ts` uses the real one. */
const TURBO = `
const say = (source, text) => console.log(JSON.stringify({ source, text }));
say("@a/spec#bundle", "cache miss, executing");
say("@a/spec#bundle", "Bundled into dist");
say("@a/client#generate", "cache miss, executing");
say("@a/client#generate", "no such version");
say("turbo", "Failed:    @a/client#generate");
process.exitCode = 1;
`;

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "follow-edit-"));
  mkdirSync(join(root, "node_modules/turbo/bin"), { recursive: true });
  writeFileSync(join(root, "node_modules/turbo/bin/turbo"), TURBO);
});
afterAll(() => rmSync(root, { recursive: true }));

/** What is said of the edit, to a mock that does this when it reloads. */
async function said(reload: () => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  await followEdit(root, { reload }, (line) => lines.push(line), new AbortController().signal);
  return lines.map((line) => stripVTControlCharacters(line).replace(/^\d\d:\d\d:\d\d /, ""));
}

const NOT_BUILT = [
  "Docs or client can't be built from it. They stay unchanged.",
  "generate client failed:",
  "  no such version",
];

it("says what can't be built from an edit, and that the mock uses it", async () => {
  const [first, ...others] = await said(async () => {});
  expect(first).toMatch(/^The spec was edited\. The mock now uses it \(\d+\.\d s\)\.$/);
  expect(others).toEqual(NOT_BUILT);
});

it("says why the mock can't use an edit", async () => {
  expect(await said(() => Promise.reject(new Error("OpenAPI 3.0 or 3.1 is needed")))).toEqual([
    "The spec was edited, but the mock can't use it. The mock keeps the last good version.",
    "OpenAPI 3.0 or 3.1 is needed",
    ...NOT_BUILT,
  ]);
});
