import { isForm, isJson, type Json } from "@dots-payouts/openapi";
import { explain } from "../schema/explain.ts";
import type { ServedSpec } from "../spec/served-spec.ts";
import { parseJson } from "../wire/parse-json.ts";
import { refuse } from "../wire/refusal.ts";
import type { Head } from "./check-head.ts";
import { invalidRequest } from "./invalid-request.ts";

/** A request that is valid for its operation, as far as can be told without Prism. */
export interface ValidRequest extends Head {
  /** The text of the body, or of a form as JSON; empty if there is none. */
  readonly text: string;
  /** The JSON of the body, or of a form; `undefined` if there is no body, and for other content. */
  readonly json: Json | undefined;
}

/**
 * Reads the body of a request whose head is valid.
 * @throws Refusal if its operation does not accept it.
 */
export function checkBody(spec: ServedSpec, head: Head, text: string): ValidRequest {
  const { request, compiled, path, client, type } = head;
  const { readForm } = compiled;
  // From here on, a form is treated as JSON.
  const isSent = readForm !== undefined && text !== "" && type !== undefined && isForm(type);
  const read = isSent ? JSON.stringify(readForm(text)) : text;
  return { request, compiled, path, client, type, text: read, json: jsonOf(spec, head, read) };
}

function jsonOf(spec: ServedSpec, { compiled, type }: Head, text: string): Json | undefined {
  const { requestBody } = compiled.operation;
  if (requestBody === undefined) return undefined;
  if (text === "") {
    if (requestBody.required) throw refuse(400, "required", "The request needs a body.");
    return undefined;
  }
  if (type === undefined) {
    const types = requestBody.content.map((media) => media.type).join(", ");
    throw refuse(415, "content-type", `The body has no content type. Accepted: ${types}.`, {
      accept: types,
    });
  }
  const isRead =
    type === "application/json" || isJson(type) || (isForm(type) && compiled.readForm !== undefined);
  if (!isRead) return undefined;
  const json = parseJson(text);
  const documented = compiled.requestJson(type);
  if (documented === undefined || documented.fits(json)) return json;
  throw invalidRequest(compiled.refusalStatus, explain(spec.place(documented.schema), json));
}
