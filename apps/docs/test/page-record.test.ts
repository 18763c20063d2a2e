import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PageRecord } from "../src/build/page-record.ts";

describe("the record of pages", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "docs-record-"));
    file = join(folder, "cache/pages.txt");
    build({ parts: ["a"], standing: undefined, gives: "page" });
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  interface Page {
    readonly parts: unknown;
    readonly standing: string | undefined;
    readonly gives: string;
    readonly version?: string;
  }

  /** Builds or keeps one page, like a build, and returns it. */
  function build({ parts, standing, gives, version = "1" }: Page): string {
    const record = new PageRecord(file, version);
    const before = standing === undefined ? undefined : Buffer.from(standing);
    const page = record.keepOrMake(parts, before, () => gives).toString();
    record.save();
    return page;
  }

  it("keeps a page with unchanged inputs from build to build", () => {
    expect(build({ parts: ["a"], standing: "page", gives: "made again" })).toBe("page");
    expect(build({ parts: ["a"], standing: "page", gives: "made again" })).toBe("page");
  });

  it.each<[string, Partial<Page>]>([
    ["its inputs have changed", { parts: ["b"] }],
    ["the code that makes pages has changed", { version: "2" }],
    ["the page was changed", { standing: "pag" }],
    ["the page is missing", { standing: undefined }],
  ])("rebuilds a page when %s", (_what, change) => {
    expect(build({ parts: ["a"], standing: "page", gives: "made again", ...change })).toBe("made again");
  });

  it.each(["", "\0\n{]", "x".repeat(1000)])("treats a damaged file as empty, and repairs it", (damage) => {
    writeFileSync(file, damage);
    expect(build({ parts: ["a"], standing: "page", gives: "made again" })).toBe("made again");
    expect(build({ parts: ["a"], standing: "made again", gives: "once more" })).toBe("made again");
  });

  it("drops entries that the last build did not use", () => {
    const { length } = readFileSync(file);
    for (const page of ["b", "c", "d"]) build({ parts: [page], standing: undefined, gives: page });
    expect(readFileSync(file)).toHaveLength(length);
    expect(build({ parts: ["a"], standing: "page", gives: "made again" })).toBe("made again");
  });
});
