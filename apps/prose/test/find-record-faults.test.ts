import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findRecordFaults } from "@dots-payouts/prose";
import { afterEach, beforeEach, expect, it } from "vitest";

const FIRST =
  "# 1. Old\n\nDate: 2026-01-01\\\nStatus: superseded by [2](0002-new.md)\n\nWhy.\n\n## What it costs\n\nTime.\n";
const SECOND =
  "# 2. New\n\nDate: 2026-01-02\\\nStatus: accepted. Supersedes [1](0001-old.md)\n\nWhy.\n\n## What it costs\n\nTime.\n";
const INDEX =
  "| [1. Old](0001-old.md) | 2026-01-01 | superseded by 2 |\n| [2. New](0002-new.md) | 2026-01-02 | accepted |\n";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "records-"));
  writeFileSync(join(folder, "0001-old.md"), FIRST);
  writeFileSync(join(folder, "0002-new.md"), SECOND);
  writeFileSync(join(folder, "README.md"), INDEX);
});
afterEach(() => rmSync(folder, { recursive: true }));

it("accepts records in the form, with an index that lists them", () => {
  expect(findRecordFaults(folder)).toEqual([]);
});

it("reports a record without its head, without its costs, and with a gap before its number", () => {
  writeFileSync(join(folder, "0002-new.md"), SECOND.replace("Date: ", "On "));
  expect(findRecordFaults(folder)).toEqual([
    expect.stringMatching(/^0002-new\.md: begin with "# N\. Title"/),
  ]);
  writeFileSync(join(folder, "0002-new.md"), SECOND.replace("## What it costs", "## Costs"));
  expect(findRecordFaults(folder)).toEqual(['0002-new.md: has no section "## What it costs"']);
  rmSync(join(folder, "0001-old.md"));
  writeFileSync(join(folder, "0002-new.md"), SECOND);
  expect(findRecordFaults(folder)).toEqual([
    "0002-new.md: has the number 2, but the records before it end with 0",
  ]);
});

it("reports an index with another title, date or status", () => {
  for (const [was, is] of [
    ["1. Old", "1. Older"],
    ["2026-01-02", "2026-01-03"],
    ["superseded by 2", "accepted"],
  ] as const) {
    writeFileSync(join(folder, "README.md"), INDEX.replace(was, is));
    expect(findRecordFaults(folder), is).toHaveLength(1);
  }
});
