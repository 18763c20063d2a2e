import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import type { OpenApiDocument } from "@dots-payouts/openapi";
import { parse as parseYaml, YAMLParseError } from "yaml";
import { MockError } from "../mock-error.ts";
import { checkedDocument } from "./accept-document.ts";
import { linkFiles, requireNoFiles } from "./link-files.ts";

/** An OpenAPI document, or the path of a JSON or YAML file that holds one. Only a file may refer to other files. */
export type SpecSource = string | Readonly<Record<string, unknown>>;

/** The file of the spec that this version of the mock belongs to. */
export function defaultSpecFile(): string {
  return createRequire(import.meta.url).resolve("@dots-payouts/spec/openapi.json");
}

/** A spec that was read. */
export interface ReadSpec {
  readonly document: OpenApiDocument;
  /** Absolute paths of the files that it was read from. */
  readonly files: readonly string[];
}

/**
 * Reads a spec, with all the files that it refers to.
 * @throws MockError when it is missing, unreadable, or no OpenAPI document.
 */
export async function readSpec(source: SpecSource): Promise<ReadSpec> {
  if (typeof source !== "string") {
    requireNoFiles(source);
    return { document: checkedDocument(source, "The spec"), files: [] };
  }
  const file = resolve(source);
  const { document, files } = await linkFiles(file, async (path) => parse(await read(path), path));
  return { document: checkedDocument(document, file), files };
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
