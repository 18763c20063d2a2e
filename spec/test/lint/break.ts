import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { getLineColLocation } from "@redocly/openapi-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDescription } from "../../src/read-description.ts";

/** One fault in a small API next to this file: `find`, a text that occurs once in `file`, becomes `put`. */
export interface Fault {
  readonly title: string;
  readonly file?: string;
  readonly find: string;
  readonly put: string;
  /** A text on the line that is to be reported; it occurs once in the broken file. */
  readonly line: string;
  /** Part of what the report says. */
  readonly says: string;
  /** Where the report points, when that is another file than the broken one. */
  readonly reportedIn?: string;
}

/**
 * Tests that the linter reports each of these faults by this rule, in its file and line, and nothing else.
 * @param api the folder of the small API
 */
export function catches(rule: string, faults: readonly Fault[], api = "notes"): void {
  describe(rule, () => {
    let root = "";
    let reports = new Map<string, Report[]>();
    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), "lint-"));
      for (const [index, fault] of faults.entries()) await breakApi(join(root, String(index)), fault, api);
      reports = await lint(root, faults.length);
    }, 60_000);
    afterAll(() => rm(root, { recursive: true, force: true }));

    it.each(faults.map((fault, index) => ({ ...fault, index })))("catches $title", async (fault) => {
      const file = fault.reportedIn ?? fault.file ?? "openapi.yaml";
      const text = await readFile(join(root, String(fault.index), file), "utf8");
      const found = reports.get(String(fault.index)) ?? [];
      expect(found).toEqual([
        { rule, file, line: lineOf(text, fault.line), message: expect.stringContaining(fault.says) },
      ]);
    });
  });
}

/** Copies a small API to a folder. */
export async function copyApi(folder: string, api = "notes"): Promise<void> {
  await cp(join(import.meta.dirname, api), folder, { recursive: true });
}

async function breakApi(
  folder: string,
  { file = "openapi.yaml", find, put }: Fault,
  api: string,
): Promise<void> {
  await copyApi(folder, api);
  const path = join(folder, file);
  const text = await readFile(path, "utf8");
  const [before, after, ...more] = text.split(find);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`${JSON.stringify(find)} has to occur once in ${file}`);
  }
  await writeFile(path, before + put + after);
}

function lineOf(text: string, content: string): number {
  const lines = text.split("\n").flatMap((line, index) => (line.includes(content) ? [index + 1] : []));
  const [line] = lines;
  if (line === undefined || lines.length > 1) throw new Error(`${content} is on ${lines.length} lines`);
  return line;
}

interface Report {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Lints the folders `0` to `count - 1` below `root`; the reports by folder. */
export async function lint(root: string, count: number): Promise<Map<string, Report[]>> {
  const reports = new Map<string, Report[]>();
  for (let index = 0; index < count; index += 1) {
    const folder = join(root, String(index));
    const { problems } = await readDescription(join(folder, "openapi.yaml"));
    const found = problems.flatMap(({ ruleId, message, location: [location] }) =>
      location === undefined
        ? []
        : [
            {
              rule: ruleId,
              file: relative(folder, location.source.absoluteRef).replaceAll(sep, "/"),
              line: getLineColLocation(location).start.line,
              message,
            },
          ],
    );
    if (found.length > 0) reports.set(String(index), found);
  }
  return reports;
}
