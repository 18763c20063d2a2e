import type { IncomingMessage, ServerResponse } from "node:http";
import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";
import { decodeBody, parseJson } from "../wire/parse-json.ts";
import { refuse } from "../wire/refusal.ts";

/** Something that the mock tells of itself, or lets itself be told. */
export interface Endpoint {
  readonly method: string;
  /** Below `/__mock`. A segment that begins with a colon takes any text: `/resources/:kind`. */
  readonly path: string;
  /** Returns what is sent as JSON; `undefined` for no content, or where the response has been written already. */
  answer(request: OwnRequest): unknown;
}

/** A request to the mock itself. */
export interface OwnRequest {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  /** The namespace of the credentials that it has; `undefined` for all, where it has none. */
  readonly namespace: string | undefined;
  /** The segments of the path that take any text, by name. */
  readonly names: Readonly<Record<string, string>>;
  /**
   * The JSON object that was sent; an empty one where there is no body.
   * @throws Refusal (400) when it is something else, or has other fields than these.
   */
  json(fields: readonly string[]): Promise<JsonObject>;
}

/** @throws Refusal (400) */
export function objectOf(bytes: Uint8Array, fields: readonly string[]): JsonObject {
  const text = decodeBody(bytes);
  const value: Json = text === "" ? {} : parseJson(text);
  if (!isObject(value)) throw refuse(400, "type", "The body has to be a JSON object.");
  const unknown = Object.keys(value).find((name) => !fields.includes(name));
  if (unknown !== undefined) {
    const known = fields.length === 0 ? "there are no fields" : `what is: ${fields.join(", ")}`;
    throw refuse(400, "field", `${JSON.stringify(unknown)} is not known here; ${known}.`);
  }
  return value;
}
