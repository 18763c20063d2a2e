import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, type OpenApiDocument } from "@dots-payouts/openapi";
import { findNames } from "./find-names.ts";
import { specNames } from "./spec-names.ts";
import { words } from "./words.ts";

const SOURCES = ["packages/*/src/**", "apps/*/src/**"];

/** What is made, what is installed, and programs that use the API as a user does, to measure it. */
const LEFT_OUT = /[/\\](generated|node_modules|packages[/\\]bench)([/\\]|$)/;

/**
 * A line for each place in a hand-written source of the repository at `root` that contains a name of the spec: file,
 * line, what stands there, and what to do. Generated folders and benchmarks are left out, and the repository's own name is none of the
 * spec's. So are the names of extensions, which the code has to know to read them.
 */
export function checkNames(root: string, document: OpenApiDocument): string[] {
  const names = new Map(specNames(document));
  for (const extension of extensionsIn(document)) names.delete(words(extension.slice(2)).join(" "));
  const product = productName(root);
  return globSync(SOURCES, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && !LEFT_OUT.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((file) => {
      const source = readFileSync(file, "utf8").replaceAll(product, "");
      return findNames(source, names).map(
        ({ line, text, name, kind }) =>
          `${file.slice(join(root, "/").length)}:${line}: ${text} names ${kind} of the spec (${name}). ` +
          "Read it from the bundle or from generated/, or declare the fact in the spec as an extension and read that.",
      );
    });
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
