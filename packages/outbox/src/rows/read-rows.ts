import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type { Api, Call } from "../api/calls.ts";
import { messageOf, OutboxError } from "../outbox-error.ts";
import { csvRows } from "./csv-rows.ts";
import { jsonRows } from "./json-rows.ts";
import type { InputRow } from "./row.ts";

export interface Input {
  /** A file, or `-` for standard input. */
  readonly file: string;
  readonly format: "csv" | "jsonl";
}

/** The file extensions of JSON lines. */
export function formatOf(file: string): Input["format"] | undefined {
  if (/\.(jsonl|ndjson)$/i.test(file)) return "jsonl";
  return /\.(csv|tsv|txt)$/i.test(file) ? "csv" : undefined;
}

/**
 * Reads rows one after the other, so that a file of any length fits.
 * @throws OutboxError if the input cannot be read in its format
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

/** Input that is not UTF-8 would be sent with wrong letters. */
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
    if (!(chunk instanceof Uint8Array)) throw new Error("the input is not bytes");
    yield read(chunk);
  }
  yield read();
}
