import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { isObject, type Json } from "@dots-payouts/openapi";
import { messageOf } from "../outbox-error.ts";
import { ID, type InputRow } from "./row.ts";

/** Rows of JSON lines. */
export async function* jsonRows(stream: Readable): AsyncIterable<InputRow> {
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
  if (!isObject(value)) return broken("must be an object");
  if (namesIn(text) !== namesOf(value)) return broken("has the same name twice in an object");
  const { [ID]: id, ...body } = value;
  const problems = lossy.map((source) => ({
    column: "the line",
    message: `${source} is too large to be represented exactly`,
  }));
  if (id !== undefined && typeof id !== "string") {
    problems.push({ column: ID, message: "must be a string" });
  }
  return { line, id: typeof id === "string" ? id : "", body, problems };
}

/** Parses JSON, and reports numbers that would not be sent as written. */
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

/** How many names the objects have in the text. A string before a colon is a name. */
function namesIn(text: string): number {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined).length;
}

/** How many remain after parsing: of two that are the same, the first is lost. */
function namesOf(value: Json): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + namesOf(item), 0);
  if (!isObject(value)) return 0;
  return Object.values(value).reduce<number>((sum, item) => sum + 1 + namesOf(item ?? null), 0);
}
