import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { textOf } from "../src/text-of.ts";

it("distinguishes an edit from other writes of an editor", async () => {
  const folder = mkdtempSync(join(tmpdir(), "text-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = ["a.yaml", "b.yaml", "a.yaml~"].map((name) => join(folder, name));
  const [a = "", b = "", backup = ""] = files;
  writeFileSync(a, "one");
  writeFileSync(b, "two");
  const before = await textOf([folder, ...files]);

  renameSync(a, backup);
  expect(await textOf(files)).not.toBe(before);
  writeFileSync(a, "one");
  rmSync(backup);
  expect(await textOf(files.toReversed())).toBe(before);

  writeFileSync(a, "onet");
  writeFileSync(b, "wo");
  expect(await textOf(files)).not.toBe(before);
});
