import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import type { OpenApiDocument } from "@dots-payouts/openapi";
import { parse as parseYaml, YAMLParseError } from "yaml";
import { MockError } from "../mock-error.ts";
import { linkFiles, requireNoFiles } from "./link-files.ts";
import { acceptDocument } from "./served-spec.ts";

/** An OpenAPI document, or the path of a JSON or YAML file that holds one. Only a file may refer to other files. */
export type SpecSource = string | Readonly<Record<string, unknown>>;

/** The file of the spec that this version of the mock belongs to. */
export function defaultSpecFile(): string {
  return createRequire(import.meta.url).resolve("@dots-payouts/spec/openapi.json");
}

/**
 * Reads a spec, with all the files that it refers to.
 * @param files is filled with their absolute paths, as far as it comes: also those that are missing or broken
 * @throws MockError when it is missing, unreadable, or not an OpenAPI document.
 */
export async function readSpec(source: SpecSource, files: Set<string>): Promise<OpenApiDocument> {
  if (typeof source !== "string") {
    requireNoFiles(source);
    return acceptDocument(source, "The spec");
  }
  const root = resolve(source);
  const { document } = await linkFiles(root, async (file) => {
    files.add(file);
    return parse(await read(file), file);
  });
  return acceptDocument(document, root);
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") throw new MockError(`There is no spec at ${file}.`);
    throw new MockError(`The spec ${file} cannot be read (${String(code ?? error)}).`);
  }
}

function parse(text: string, file: string): unknown {
  try {
    return file.endsWith(".json") ? JSON.parse(text) : parseYaml(text);
  } catch (error) {
    const line = error instanceof YAMLParseError ? `:${error.linePos?.[0].line ?? 1}` : "";
    const [problem] = String(error instanceof Error ? error.message : error).split("\n");
    throw new MockError(
      `${file}${line} is not valid ${file.endsWith(".json") ? "JSON" : "YAML"}: ${problem}`,
    );
  }
}
