import type { IncomingMessage, ServerResponse } from "node:http";
import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";
import { decodeBody, parseJson } from "../wire/parse-json.ts";
import { refuse } from "../wire/refusal.ts";

/** An endpoint to inspect or control the mock. */
export interface Endpoint {
  readonly method: string;
  /** Below `/__mock`. A segment that starts with a colon matches anything: `/resources/:kind`. */
  readonly path: string;
  /** Returns what is sent as JSON; `undefined` for no content, or if the response was already written. */
  answer(request: OwnRequest): unknown;
}

/** A request to the mock itself. */
export interface OwnRequest {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  /** The namespace of its credentials; `undefined` (all namespaces) if it has none. */
  readonly namespace: string | undefined;
  /** The values of the path's variable segments, by name. */
  readonly names: Readonly<Record<string, string>>;
  /**
   * The JSON object that was sent; an empty one if there is no body.
   * @throws Refusal (400) if it is something else, or has unknown fields.
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
    const known = fields.length === 0 ? "there are no fields" : `known: ${fields.join(", ")}`;
    throw refuse(400, "field", `${JSON.stringify(unknown)} is unknown here; ${known}.`);
  }
  return value;
}
