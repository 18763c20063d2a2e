import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, type OpenApiDocument } from "@dots-payouts/openapi";
import { findNames } from "./find-names.ts";
import { specNames } from "./spec-names.ts";
import { words } from "./words.ts";

/** Where sources are written by hand. Tests, examples and benchmarks use the API as a user does, and may name it. */
const SOURCES = [
  "packages/*/src/**",
  "packages/*/build/**",
  "packages/*/bin/**",
  "packages/*/public/**",
  "apps/*/src/**",
  "spec/src/**",
  "spec/lint/**",
];

/** How many places of one name are listed. */
const SHOWN = 3;

const REMEDY =
  "Read it from the bundle or from generated/, or declare the fact in the spec as an extension and read that.";
const GENERIC =
  "Where the sources mean something else by it, add the word to apps/names/src/generic-words.ts, with its reason.";

/** Pictures and fonts hold no words. */
const BINARY = /\.(png|jpe?g|gif|webp|ico|woff2?)$/;

/** Made or installed, not written. */
const LEFT_OUT = /[/\\](generated|node_modules)([/\\]|$)/;

/**
 * A line for each place in a hand-written source of the repository at `root` that contains a name of the spec: the
 * file, the line, the text, and what to do. Of a name that is in many places the first ones are listed. The repository's own name does not count, and neither do the names of
 * extensions, which the code has to know in order to read them.
 * @param sources patterns of the files to check
 * @throws Error if a pattern finds no file: a folder that has moved would go unchecked
 */
export function checkNames(
  root: string,
  document: OpenApiDocument,
  sources: readonly string[] = SOURCES,
): string[] {
  const names = new Map(specNames(document));
  for (const extension of extensionsIn(document)) names.delete(words(extension.slice(2)).join(" "));
  const product = productName(root);
  const found = new Map<string, string[]>();
  for (const file of sources.flatMap((pattern) => listFiles(root, pattern)).sort()) {
    const source = readFileSync(file, "utf8").replaceAll(product, "");
    for (const { line, text, name, kind } of findNames(source, names)) {
      const place = `${file.slice(join(root, "/").length)}:${line}: ${text} names ${kind} of the spec (${name}).`;
      found.set(name, [...(found.get(name) ?? []), place]);
    }
  }
  return [...found].flatMap(([name, places]) => [
    ...places.slice(0, SHOWN).map((place) => `${place} ${REMEDY}`),
    ...(places.length > SHOWN ? [`${name} is in ${places.length - SHOWN} more places. ${GENERIC}`] : []),
  ]);
}

function listFiles(root: string, pattern: string): string[] {
  const files = globSync(pattern, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && !BINARY.test(entry.name) && !LEFT_OUT.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name));
  if (files.length === 0) throw new Error(`${pattern} finds no file: change the list of sources to check`);
  return files;
}

function extensionsIn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => [
    ...(key.startsWith("x-") ? [key] : []),
    ...extensionsIn(value),
  ]);
}

/** The name of the repository, in any spelling. */
function productName(root: string): RegExp {
  const manifest: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const name = isObject(manifest) ? String(manifest["name"]) : "";
  return new RegExp(`\\b${words(name).join("[-_ ]?")}\\b`, "gi");
}
