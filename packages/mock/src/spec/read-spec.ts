import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { endlessPlace, type OpenApiDocument } from "@dots-payouts/openapi";
import { parse as parseYaml, YAMLParseError } from "yaml";
import { withoutUser } from "../journal/masking.ts";
import { MockError } from "../mock-error.ts";
import { KeptSpec } from "./kept-spec.ts";
import { linkFiles, requireNoFiles } from "./link-files.ts";
import { acceptDocument } from "./served-spec.ts";
import { type SpecFile, specFile } from "./spec-file.ts";

/**
 * An OpenAPI document, or the path of a JSON or YAML file that holds one, or its http or https URL. Only a file may refer to
 * other files.
 */
export type SpecSource = string | Readonly<Record<string, unknown>>;

const published = new KeptSpec(
  () => createRequire(import.meta.url).resolve("@dots-payouts/spec/openapi.json"),
  readSpec,
);

/**
 * Reads a spec, with all the files that it refers to.
 * @param source default: the spec that this version of the mock was built from
 * @param files is filled with the files tried so far, including missing or broken ones
 * @throws MockError if it is missing, unreadable, or not an OpenAPI document.
 */
export async function readSpec(source: SpecSource | undefined, files: SpecFile[]): Promise<OpenApiDocument> {
  if (source === undefined) return published.read(files);
  if (typeof source !== "string") {
    requireNoFiles(source);
    return acceptDocument(source, "The spec");
  }
  if (/^https?:\/\//i.test(source)) {
    const document = parse(await download(source), source);
    requireNoFiles(document);
    return acceptDocument(document, withoutUser(source));
  }
  const root = resolve(source);
  const { document } = await linkFiles(root, async (file) => {
    files.push(specFile(file));
    return parse(await read(file), file);
  });
  return acceptDocument(document, root);
}

/** Milliseconds within which a spec must arrive. */
const PATIENCE = 15_000;

async function download(url: string): Promise<string> {
  const shown = withoutUser(url);
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    const { cause } = error instanceof Error ? error : { cause: undefined };
    const problem = cause instanceof Error && "code" in cause ? String(cause.code) : String(error);
    throw new MockError(`The spec ${shown} cannot be read (${problem}).`);
  }
  if (!response.ok) throw new MockError(`The spec ${shown} cannot be read (status ${response.status}).`);
  return response.text();
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
  const value = parsed(text, file);
  // Before anybody walks through it. JSON has no aliases.
  const endless = file.endsWith(".json") ? undefined : endlessPlace(value);
  if (endless === undefined) return value;
  throw new MockError(`${file} cannot be served: ${endless.message}`);
}

function parsed(text: string, file: string): unknown {
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
