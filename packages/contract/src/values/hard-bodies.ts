import { gzipSync } from "node:zlib";
import { isObject, type Json } from "@dots-payouts/openapi";
import type { WireRequest } from "../http/request.ts";
import { withRaw } from "./raw-json.ts";

/** A body that is hard to read. The server may accept or refuse it. */
export interface HardBody {
  readonly id: string;
  readonly words: string;
  /** Built when it is sent, because some are large. */
  readonly bytes: () => string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly framing?: WireRequest["framing"];
  /** The number in it, as JavaScript reads it: a server that accepts it must keep it. */
  readonly number?: number;
  /** Whether it has a number that would be a large amount if it is money. */
  readonly large?: boolean;
}

const PLACE = "contract_suite_unknown";

/**
 * @param smallest a valid body
 * @param number JSON Pointer to a number in it
 * @param text JSON Pointer to a place for a string
 */
export function hardBodies(smallest: Json, number: string | undefined, text: string | undefined): HardBody[] {
  const json = JSON.stringify(smallest);
  const open = isObject(smallest) ? `${json.slice(0, -1)}${json === "{}" ? "" : ","}` : "{";
  const beside = (value: string, name = PLACE): string => `${open}"${name}":${value}}`;
  const at = (pointer: string | undefined, value: string): string =>
    pointer === undefined ? beside(value) : withRaw(smallest, pointer, value);
  const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
  return [
    { id: "nesting", words: "a body nested 10,000 deep", bytes: () => nested(10_000) },
    { id: "nesting-inside", words: "a property nested 5,000 deep", bytes: () => beside(nested(5_000)) },
    {
      id: "nesting-objects",
      words: "objects nested 5,000 deep",
      bytes: () => `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`,
    },
    {
      id: "huge-number",
      words: "the number 1e400",
      bytes: () => at(number, "1e400"),
      number: Number.POSITIVE_INFINITY,
      large: true,
    },
    {
      id: "huge-negative",
      words: "the number -1e400",
      bytes: () => at(number, "-1e400"),
      number: Number.NEGATIVE_INFINITY,
    },
    { id: "tiny-number", words: "the number 1e-400", bytes: () => at(number, "1e-400") },
    {
      id: "many-digits",
      words: "a number of 400 digits",
      bytes: () => at(number, "1".repeat(400)),
      large: true,
    },
    {
      id: "beyond-exact",
      words: "the number 2^53 + 1",
      bytes: () => at(number, "9007199254740993"),
      large: true,
    },
    { id: "nul", words: "a NUL in a string", bytes: () => at(text, '"a\\u0000b"') },
    { id: "surrogate", words: "half a surrogate pair", bytes: () => at(text, '"\\ud800"') },
    {
      id: "long-text",
      words: "a string of 500,000 characters",
      bytes: () => at(text, `"${"x".repeat(500_000)}"`),
    },
    { id: "proto", words: "a property __proto__", bytes: () => beside('{"a":1}', "__proto__") },
    {
      id: "constructor",
      words: "a property constructor",
      bytes: () => beside('{"prototype":{"a":1}}', "constructor"),
    },
    {
      id: "to-string",
      words: "properties toString and hasOwnProperty",
      bytes: () => `${open}"toString":1,"hasOwnProperty":1}`,
    },
    { id: "empty-name", words: "a property without a name", bytes: () => beside("1", "") },
    {
      id: "many-names",
      words: "10,000 properties",
      bytes: () => `{${Array.from({ length: 10_000 }, (_, index) => `"p${index}":0`).join()}}`,
    },
    { id: "twice", words: "a property that appears twice", bytes: () => `${open}${json.slice(1)}` },
    { id: "bom", words: "a byte order mark", bytes: () => `\ufeff${json}` },
    {
      id: "utf-8",
      words: "bytes that are not UTF-8",
      bytes: () =>
        Buffer.concat([
          Buffer.from(`${open}"${PLACE}":"`),
          Buffer.from([0xc3, 0x28, 0xff]),
          Buffer.from('"}'),
        ]),
    },
    { id: "utf-16", words: "UTF-16", bytes: () => Buffer.from(json, "utf16le") },
    {
      id: "gzip",
      words: "a body in gzip",
      bytes: () => gzipSync(json),
      headers: { "content-encoding": "gzip" },
    },
    {
      id: "not-gzip",
      words: "a body that claims to be gzip but is not",
      bytes: () => json,
      headers: { "content-encoding": "gzip" },
    },
    {
      id: "encoding",
      words: "an unknown content encoding",
      bytes: () => json,
      headers: { "content-encoding": "contract-suite" },
    },
    {
      id: "charset",
      words: "an unknown charset",
      bytes: () => json,
      headers: { "content-type": "application/json; charset=contract-suite" },
    },
    {
      id: "bad-type",
      words: "an invalid content type",
      bytes: () => json,
      headers: { "content-type": ";;=" },
    },
    {
      id: "accept",
      words: "an Accept header that asks for something else",
      bytes: () => "{}",
      headers: { accept: "image/png" },
    },
    { id: "aborted", words: "a truncated body", bytes: () => json.slice(0, -1), framing: "aborted" },
  ];
}
