import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { isObject, type Json, type JsonObject, setAt } from "@dots-payouts/openapi";
import { parse } from "csv-parse";
import type { Api, Call } from "../api/calls.ts";
import { messageOf, OutboxError } from "../outbox-error.ts";
import { type Field, fieldOf, listFields, readCell } from "./columns.ts";

/** A row of the input, or what is wrong with it. */
export interface InputRow {
  /** Where it stands: the line, from 1. */
  readonly line: number;
  /** The caller's own ID; empty where there is none. */
  readonly id: string;
  readonly body: JsonObject;
  readonly problems: readonly Problem[];
}

export interface Problem {
  /** The column or field. */
  readonly column: string;
  readonly message: string;
}

export interface Input {
  /** A file, or `-` for standard input. */
  readonly file: string;
  readonly format: "csv" | "jsonl";
}

/** The name of the column that holds the caller's own ID. */
const ID = "id";

/** How JSON lines are recognized by the name of their file. */
export function formatOf(file: string): Input["format"] | undefined {
  if (/\.(jsonl|ndjson)$/i.test(file)) return "jsonl";
  return /\.(csv|tsv|txt)$/i.test(file) ? "csv" : undefined;
}

/**
 * Reads rows one after the other, so that a file of any length fits.
 * @throws OutboxError when the input cannot be read as what it should be
 */
export async function* readRows(input: Input, api: Api, call: Call): AsyncIterable<InputRow> {
  const bytes = input.file === "-" ? process.stdin : createReadStream(input.file);
  try {
    const text = Readable.from(decode(bytes));
    yield* input.format === "csv" ? csvRows(text, api, call) : jsonRows(text);
  } catch (error) {
    if (error instanceof OutboxError) throw error;
    throw new OutboxError(`${input.file === "-" ? "Standard input" : input.file}: ${messageOf(error)}.`);
  }
}

/** What is no UTF-8 would be sent with other letters than it was written with. */
async function* decode(bytes: AsyncIterable<unknown>): AsyncIterable<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const read = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new OutboxError("The rows are not in UTF-8. Save the file as UTF-8 (in Excel: CSV UTF-8)");
    }
  };
  for await (const chunk of bytes) {
    if (!(chunk instanceof Uint8Array)) throw new Error("the input is no bytes");
    yield read(chunk);
  }
  yield read();
}

async function* csvRows(stream: Readable, api: Api, call: Call): AsyncIterable<InputRow> {
  // A mistyped column would leave out what it should have said, so each has to be known.
  let columns: { readonly name: string; readonly field: Field | undefined }[] = [];
  const { delimiter, text } = await readDelimiter(stream);
  const parser = text.pipe(
    parse({ bom: true, delimiter, info: true, skip_empty_lines: true, relax_column_count: true }),
  );
  text.on("error", (error) => parser.destroy(error));
  for await (const entry of parser) {
    const { record, line } = readEntry(entry);
    if (columns.length === 0) {
      columns = readHeader(record, api, call);
      continue;
    }
    let body: Json = {};
    let id = "";
    const problems: Problem[] = [];
    if (record.length !== columns.length) {
      const message = `has ${record.length} cells, and the first line names ${columns.length} columns`;
      problems.push({ column: "the row", message });
    }
    for (const [index, { name, field }] of columns.entries()) {
      const text = record[index] ?? "";
      if (name === ID) id = text;
      // An empty cell is a field that is left out.
      if (field === undefined || text === "") continue;
      const cell = readCell(text, field);
      if ("problem" in cell) problems.push({ column: name, message: cell.problem });
      else body = setAt(body, field.pointer, cell.value);
    }
    if (id !== id.trim()) problems.push({ column: ID, message: "begins or ends with a blank" });
    yield { line, id, body: isObject(body) ? body : {}, problems };
  }
}

/** What separates the cells, as the first line shows, and the whole text. */
async function readDelimiter(
  stream: Readable,
): Promise<{ readonly delimiter: string; readonly text: Readable }> {
  const chunks: AsyncIterator<unknown> = stream[Symbol.asyncIterator]();
  let head = "";
  while (!head.includes("\n")) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    head += String(value);
  }
  async function* all(): AsyncIterable<string> {
    yield head;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next())
      yield String(next.value);
  }
  const [first = ""] = head.split("\n");
  return {
    delimiter: [",", ";", "\t"].find((one) => first.includes(one)) ?? ",",
    text: Readable.from(all()),
  };
}

function readHeader(
  names: readonly string[],
  api: Api,
  call: Call,
): { readonly name: string; readonly field: Field | undefined }[] {
  const trimmed = names.map((name) => name.trim());
  const twice = trimmed.find((name, index) => trimmed.indexOf(name) !== index);
  if (twice !== undefined) throw new OutboxError(`There are two columns ${JSON.stringify(twice)}.`);
  if (!trimmed.includes(ID)) {
    throw new OutboxError(
      `The first line has to name the columns, one of them ${ID}: your own ID of each row, such as the number of an order.`,
    );
  }
  return trimmed.map((name) => {
    const field = name === ID ? undefined : fieldOf(api.document, call.schema, name);
    if (name !== ID && field === undefined) {
      const fields = listFields(api.document, call.schema).join(", ");
      throw new OutboxError(`${call.name} has no field ${JSON.stringify(name)}. It has ${fields}.`);
    }
    return { name, field };
  });
}

function readEntry(entry: unknown): { readonly record: readonly string[]; readonly line: number } {
  if (typeof entry !== "object" || entry === null) throw new Error("the CSV cannot be read");
  const { record, info } = Object.fromEntries(Object.entries(entry));
  const line: unknown = typeof info === "object" && info !== null ? Reflect.get(info, "lines") : 0;
  return { record: Array.isArray(record) ? record.map(String) : [], line: Number(line) };
}

async function* jsonRows(stream: Readable): AsyncIterable<InputRow> {
  let line = 0;
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  for await (const text of lines) {
    line += 1;
    const content = line === 1 ? text.replace(/^\uFEFF/, "") : text;
    if (content.trim() !== "") yield jsonRow(content, line);
  }
}

function jsonRow(text: string, line: number): InputRow {
  const broken = (message: string): InputRow => ({
    line,
    id: "",
    body: {},
    problems: [{ column: "the line", message }],
  });
  let value: Json;
  const lossy: string[] = [];
  try {
    value = parseExactly(text, lossy);
  } catch (error) {
    return broken(`is not JSON: ${messageOf(error)}`);
  }
  if (!isObject(value)) return broken("has to be an object");
  const { [ID]: id, ...body } = value;
  const problems = lossy.map((source) => ({
    column: "the line",
    message: `${source} is too large to be kept exactly`,
  }));
  if (id !== undefined && typeof id !== "string") {
    problems.push({ column: ID, message: "has to be a text" });
  }
  return { line, id: typeof id === "string" ? id : "", body, problems };
}

/** Reads JSON, and notes numbers that would not be sent as they are written. */
function parseExactly(text: string, lossy: string[]): Json {
  const check = function (this: unknown, _name: string, value: Json, context?: { source?: string }): Json {
    const source = context?.source;
    if (typeof value === "number" && source !== undefined && !isExact(value, source)) lossy.push(source);
    return value;
  };
  return JSON.parse(text, check);
}

function isExact(value: number, source: string): boolean {
  if (/^-?\d+$/.test(source)) return Number.isSafeInteger(value);
  return Number.isFinite(value) && source.replace(/[^\d]/g, "").length <= 16;
}
