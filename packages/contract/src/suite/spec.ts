import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import {
  asDocument,
  DocumentError,
  listOperations,
  type OpenApiDocument,
  type Operation,
  onFirstUse,
} from "@dots-payouts/openapi";
import { CannotRun } from "../errors/cannot-run.ts";

/** What the server promises. */
export interface Spec {
  readonly document: OpenApiDocument;
  readonly operations: readonly Operation[];
}

/**
 * Reads a bundle.
 * @param file path of a bundled OpenAPI document in JSON; the published spec if there is none
 * @throws CannotRun if it is not one
 */
export function readSpec(file?: string): Spec {
  return file === undefined ? publishedSpec() : readFile(file);
}

const publishedSpec = onFirstUse(() =>
  readFile(createRequire(import.meta.url).resolve("@dots-payouts/spec/openapi.json")),
);

function readFile(path: string): Spec {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new CannotRun(`the spec ${path} cannot be read`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CannotRun(`the spec ${path} is not JSON; give the bundle, not its sources`);
  }
  return specOf(json, path);
}

/**
 * @param name the document's name in errors
 * @throws CannotRun if it is not an OpenAPI document
 */
export function specOf(json: unknown, name: string): Spec {
  try {
    const document = asDocument(json);
    return { document, operations: listOperations(document) };
  } catch (error) {
    if (error instanceof DocumentError)
      throw new CannotRun(`the spec ${name} cannot be used: ${error.message}`);
    throw error;
  }
}
