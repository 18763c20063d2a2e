import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPhrases } from "@dots-payouts/prose";
import { afterEach, beforeEach, expect, it } from "vitest";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "prose-"));
  execFileSync("git", ["init", "--quiet"], { cwd: root });
});
afterEach(() => rmSync(root, { recursive: true }));

function track(file: string, text: string): void {
  writeFileSync(join(root, file), text);
  execFileSync("git", ["add", file], { cwd: root });
}

it("finds a phrase in code and in docs, and reports its place and what to write instead", () => {
  track("a.ts", "// Fine.\n// Whoever reads this.\n");
  track("b.md", "It has a file of its own.\n");
  expect(findPhrases(root)).toEqual([
    'a.ts:2: "Whoever". Write: anyone who, the caller, the code that',
    'b.md:1: "a file of its own". Write: its own …',
  ]);
});

it("ignores other words, parts of words, and files written by tools", () => {
  track("a.ts", '// Its own file. An amendment recommends it. "if there is none"\n');
  track("CHANGELOG.md", "Whoever.\n");
  expect(findPhrases(root)).toEqual([]);
});

it("knows the modern word for each phrase that it finds", () => {
  for (const [text, found] of [
    ["a fault of ours", "a fault of ours"],
    ["The behaviour of a licence.", "behaviour"],
    ["It normalises the e-mail.", "normalises"],
    ["the field at fault", "at fault"],
    ["equal, save for one", "save for"],
    ["It is not to be had.", "not to be had"],
  ]) {
    track("a.md", `${text}\n`);
    expect(findPhrases(root)[0], text).toMatch(new RegExp(`^a\\.md:1: "${found}"\\. Write: `));
  }
});
