import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { type Json, type OpenApiDocument, setAt } from "@dots-payouts/openapi";
import { compareDocuments, type Impact } from "@dots-payouts/release";
import fc from "fast-check";
import { documentsOf, judgePair } from "./judge.ts";
import { kinds } from "./kinds.ts";
import { pair } from "./pairs.ts";
import { seeded } from "./random.ts";

// Compares our verdicts with those of oasdiff, which is not a dependency: it has to be on the PATH, or at OASDIFF.
const OASDIFF = process.env["OASDIFF"] ?? "oasdiff";
const { values } = parseArgs({
  options: { pairs: { type: "string", default: "300" }, seed: { type: "string", default: "1" } },
});

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), "oasdiff-"));

type Word = Impact | "none" | "refused";

/** The most severe level that oasdiff reports for a change: error, warning or info. */
async function oasdiff(before: OpenApiDocument, after: OpenApiDocument): Promise<Word> {
  const files = ["before", "after"].map((name) => join(folder, `${name}.json`));
  const [old = "", now = ""] = files;
  await Promise.all([writeFile(old, whole(before)), writeFile(now, whole(after))]);
  try {
    const { stdout } = await run(OASDIFF, ["changelog", old, now, "-f", "json", "--flatten-allof"]);
    const found: unknown = JSON.parse(stdout === "" ? "[]" : stdout);
    const levels = (Array.isArray(found) ? found : []).map((change: { level?: number }) => change.level ?? 0);
    const worst = Math.max(0, ...levels);
    return worst >= 2 ? "breaking" : worst === 1 ? "addition" : "none";
  } catch {
    return "refused";
  }
}

/** The document with the other fields that OpenAPI requires. */
function whole(document: OpenApiDocument): string {
  const described = setAt(document, "/info", { title: "Things", version: "1" });
  const success = "/paths/~1things/post/responses/200/description";
  return JSON.stringify(setAt(described, success, "Fine."));
}

function ours(before: OpenApiDocument, after: OpenApiDocument): Word {
  const impacts = compareDocuments(before, after).map(({ impact }) => impact);
  const order: readonly Impact[] = ["breaking", "addition", "words"];
  return order.find((impact) => impacts.includes(impact)) ?? "none";
}

async function kindsTable(): Promise<string> {
  const lines: string[] = [];
  for (const { title, before, after } of kinds) {
    lines.push(`| ${title} | ${ours(before, after)} | ${await oasdiff(before, after)} |`);
  }
  return ["| edit | ours | oasdiff |", "| --- | --- | --- |", ...lines].join("\n");
}

async function randomTable(): Promise<string> {
  const counts = new Map<string, [number, number, number]>();
  const count = (line: string, us: boolean, them: boolean): void => {
    const [total, mine, theirs] = counts.get(line) ?? [0, 0, 0];
    counts.set(line, [total + 1, mine + Number(us), theirs + Number(them)]);
  };
  const seed = Number(values.seed);
  let refused = 0;
  for (const [index, each] of fc.sample(pair, { numRuns: Number(values.pairs), seed }).entries()) {
    const { witnesses, request, response } = judgePair(each, seeded(seed + index));
    const sent = await oasdiff(...documentsOf(each, "request"));
    const read = await oasdiff(...documentsOf(each, "response"));
    if (sent === "refused" || read === "refused") {
      refused++;
      continue;
    }
    const lost = witnesses.lost !== undefined;
    const gained = witnesses.gained !== undefined;
    const breaks = (word: Json): boolean => word === "breaking";
    const tells = (word: Json): boolean => word === "breaking" || word === "addition";
    if (lost) count("a valid request is refused: called breaking", breaks(request.impact), breaks(sent));
    else
      count(
        "no valid request is refused: called breaking all the same",
        breaks(request.impact),
        breaks(sent),
      );
    if (gained) count("a response became possible: reported at all", tells(response.impact), tells(read));
    if (lost) count("a response is no longer possible: reported at all", tells(response.impact), tells(read));
    if (!lost && !gained)
      count(
        "no value differs: called breaking in an answer all the same",
        breaks(response.impact),
        breaks(read),
      );
  }
  const lines = [...counts]
    .sort()
    .map(([line, [total, us, them]]) => `| ${line} | ${total} | ${us} | ${them} |`);
  return [
    `| by Ajv (oasdiff could not read ${refused} of ${values.pairs} pairs) | pairs | ours | oasdiff |`,
    "| --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}

try {
  const { stdout } = await run(OASDIFF, ["--version"]).catch(() => ({ stdout: undefined }));
  if (stdout === undefined) {
    console.error(
      "oasdiff is not installed, so there is nothing to compare with. Install it with\n\n" +
        "  go install github.com/oasdiff/oasdiff@v1.37.0\n\nand put it on the PATH, or its file into OASDIFF.",
    );
    process.exitCode = 2;
  } else {
    console.log(`${stdout.trim()}, seed ${values.seed}\n\n${await kindsTable()}\n\n${await randomTable()}`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
