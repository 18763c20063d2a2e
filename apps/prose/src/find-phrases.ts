import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PHRASES } from "./phrases.ts";

const TEXT = /\.(ts|tsx|js|mjs|md|yaml|yml|css|html|jsonc)$/;
/** Written by tools, the list itself, and what quotes a license. */
const LEFT_OUT =
  /(^|\/)(CHANGELOG\.md|public-types\.md|pnpm-lock\.yaml)$|^apps\/prose\/|^packages\/mock\/build\/third-party\.ts$/;

/** A line for each old word in a file that the repository at `root` tracks: the place, the word, and what to write. */
export function findPhrases(root: string): string[] {
  const files = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" }).split("\0");
  return files
    .filter((file) => TEXT.test(file) && !LEFT_OUT.test(file))
    .flatMap((file) =>
      readFileSync(join(root, file), "utf8")
        .split("\n")
        .flatMap((line, index) => phrasesIn(line).map((problem) => `${file}:${index + 1}: ${problem}`)),
    );
}

function phrasesIn(line: string): string[] {
  return PHRASES.flatMap(({ find, say }) => {
    const found = find.exec(line)?.[0];
    return found === undefined ? [] : [`"${found}". Write: ${say}`];
  });
}
