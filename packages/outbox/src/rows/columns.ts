import {
  formatPointer,
  isObject,
  type Json,
  listProperties,
  type OpenApiDocument,
  schemasAt,
} from "@dots-payouts/openapi";

/** What values a field may have. */
export interface Field {
  /** JSON Pointer into the request body. */
  readonly pointer: string;
  /** Types of JSON Schema; empty if the schema leaves it open. */
  readonly types: ReadonlySet<string>;
}

/**
 * The field that a column names, such as `name` or `person.name`.
 * @returns `undefined` if the request has no such field
 */
export function fieldOf(document: OpenApiDocument, schema: string, column: string): Field | undefined {
  const tokens = column.split(".");
  for (let length = tokens.length; length > 0; length -= 1) {
    const found = schemasAt(document, schema, formatPointer(tokens.slice(0, length)));
    if (found.length === 0) continue;
    const types = new Set(found.flatMap(({ node }) => typesOf(node["type"])));
    const pointer = formatPointer(tokens);
    if (length === tokens.length) return { pointer, types };
    // An object without declared fields accepts every name.
    const isFree = types.has("object") && !found.some(({ node }) => isObject(node["properties"]));
    return isFree ? { pointer, types: new Set(["string"]) } : undefined;
  }
  return undefined;
}

/** The fields that columns can name. */
export function listFields(document: OpenApiDocument, schema: string): string[] {
  return listProperties(document, schema).flatMap(({ name, schemas }) => {
    const inner = new Set(
      schemas.flatMap(({ pointer }) => listProperties(document, pointer).map((property) => property.name)),
    );
    return inner.size === 0 ? [name] : [...inner].map((below) => `${name}.${below}`);
  });
}

function typesOf(type: Json | undefined): string[] {
  return [type ?? []].flat().filter((name) => typeof name === "string");
}

/** The value of a cell, or what is wrong with it. */
export type CellValue = { readonly value: Json } | { readonly problem: string };

/** How spreadsheets write long numbers. */
const SHORTENED = /^\d[.,]\d+E\+\d+$/i;

/** Reads a cell. Strings stay as written, with leading zeros. */
export function readCell(text: string, { types }: Field): CellValue {
  if (types.size === 0 || types.has("string")) {
    if (!SHORTENED.test(text)) return { value: text };
    return { problem: `is ${text}: a spreadsheet has shortened a long number. Format the column as text` };
  }
  if (types.has("integer") || types.has("number")) return readNumber(text, types);
  if (types.has("boolean")) {
    if (text === "true" || text === "false") return { value: text === "true" };
    return { problem: `must be true or false, not ${JSON.stringify(text)}` };
  }
  try {
    const value: Json = JSON.parse(text);
    return { value };
  } catch {
    return { problem: `must be JSON, not ${JSON.stringify(text)}` };
  }
}

function readNumber(text: string, types: ReadonlySet<string>): CellValue {
  const isWhole = /^-?(0|[1-9]\d*)$/.test(text);
  if (!isWhole && !types.has("number")) {
    return { problem: `must be a whole number (of cents, for money), not ${JSON.stringify(text)}` };
  }
  const value = Number(text);
  if (!isWhole && !/^-?(0|[1-9]\d*)\.\d+$/.test(text)) {
    return { problem: `must be a number, not ${JSON.stringify(text)}` };
  }
  if (isWhole && !Number.isSafeInteger(value))
    return { problem: `${text} is too large to be represented exactly` };
  return { value };
}
