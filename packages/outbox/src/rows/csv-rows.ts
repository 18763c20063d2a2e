import { Readable } from "node:stream";
import { isObject, type Json, setAt } from "@dots-payouts/openapi";
import { parse } from "csv-parse";
import type { Api, Call } from "../api/calls.ts";
import { OutboxError } from "../outbox-error.ts";
import { type Field, fieldOf, listFields, readCell } from "./columns.ts";
import { ID, type InputRow, type Problem } from "./row.ts";

/** Rows of CSV, whose first line names the columns. */
export async function* csvRows(stream: Readable, api: Api, call: Call): AsyncIterable<InputRow> {
  // A mistyped column would silently drop its value, so every column must be known.
  let columns: { readonly name: string; readonly field: Field | undefined }[] = [];
  const { delimiter, text, isWhole } = await readDelimiter(stream);
  let last: InputRow | undefined;
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
      const message = `has ${record.length} cells, but the first line names ${columns.length} columns`;
      problems.push({ column: "the row", message });
    }
    for (const [index, { name, field }] of columns.entries()) {
      const text = record[index] ?? "";
      if (name === ID) id = text;
      // An empty cell leaves the field out.
      if (field === undefined || text === "") continue;
      const cell = readCell(text, field);
      if ("problem" in cell) problems.push({ column: name, message: cell.problem });
      else body = setAt(body, field.pointer, cell.value);
    }
    if (id !== id.trim()) problems.push({ column: ID, message: "starts or ends with a space" });
    if (last !== undefined) yield last;
    last = { line, id, body: isObject(body) ? body : {}, problems };
  }
  if (last === undefined) return;
  const message = "does not end with a line break, so the file may be truncated; add one if it is complete";
  yield isWhole() ? last : { ...last, problems: [...last.problems, { column: "the row", message }] };
}

/**
 * The cell separator, detected from the first line, and the whole text. `isWhole`: whether it ended with a line break,
 * once it was read.
 */
async function readDelimiter(
  stream: Readable,
): Promise<{ readonly delimiter: string; readonly text: Readable; readonly isWhole: () => boolean }> {
  const chunks: AsyncIterator<unknown> = stream[Symbol.asyncIterator]();
  let head = "";
  while (!head.includes("\n")) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    head += String(value);
  }
  let end = head.slice(-1);
  async function* all(): AsyncIterable<string> {
    yield head;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      const text = String(next.value);
      end = text.slice(-1) || end;
      yield text;
    }
  }
  const [first = ""] = head.split("\n");
  return {
    delimiter: [",", ";", "\t"].find((one) => first.includes(one)) ?? ",",
    text: Readable.from(all()),
    isWhole: () => end === "\n" || end === "\r",
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
      `The first line must name the columns, one of them ${ID}: your own ID of each row, such as an order number.`,
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
