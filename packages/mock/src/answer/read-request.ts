import { isJson, type Json } from "@dots-payouts/openapi";
import { asReason, explain } from "../schema/explain.ts";
import type { CompiledOperation } from "../spec/compile-operation.ts";
import type { ServedSpec } from "../spec/served-spec.ts";
import { decodeBody, parseJson } from "../wire/parse-json.ts";
import { Refusal, refuse } from "../wire/refusal.ts";
import type { MockRequest } from "../wire/request.ts";
import { checkHead } from "./check-head.ts";
import type { Progress } from "./context.ts";
import type { Credentials } from "./credentials.ts";
import type { FoundOperation } from "./find-operation.ts";

/** A request that its operation takes, as far as that can be told without Prism. */
export interface ValidRequest extends FoundOperation {
  readonly request: MockRequest;
  /** Who sends it. */
  readonly client: string;
  /** The text of the body; empty for none. */
  readonly text: string;
  /** The JSON of the body; `undefined` for none, and for content that is not JSON. */
  readonly json: Json | undefined;
}

/**
 * Reads a request to an operation to its end, and checks it.
 * @param credentials the only ones that pass
 * @throws Refusal when the operation does not take it.
 */
export async function readRequest(
  spec: ServedSpec,
  { compiled, path }: FoundOperation,
  request: MockRequest,
  credentials: Credentials | undefined,
  progress: Progress,
): Promise<ValidRequest> {
  const { client, type } = checkHead(compiled, request, credentials);
  const text = compiled.operation.requestBody === undefined ? "" : decodeBody(await request.body());
  progress.body = text;
  return { compiled, path, request, client, text, json: checkBody(spec, compiled, type, text) };
}

function checkBody(
  spec: ServedSpec,
  compiled: CompiledOperation,
  type: string | undefined,
  text: string,
): Json | undefined {
  const { requestBody } = compiled.operation;
  if (requestBody === undefined) return undefined;
  if (text === "") {
    if (requestBody.required) throw refuse(400, "required", "The request has no body, and needs one.");
    return undefined;
  }
  if (type === undefined) {
    const types = requestBody.content.map((media) => media.type).join(", ");
    throw refuse(415, "content-type", `The body has no content type. What is taken: ${types}.`, {
      accept: types,
    });
  }
  if (!isJson(type)) return undefined;
  const json = parseJson(text);
  const documented = compiled.requestJson(type);
  if (documented === undefined || documented.fits(json)) return json;
  throw invalid(spec, compiled.refusalStatus, documented.schema, json);
}

/** More reasons than these are only counted in the message. The list beside it has them all. */
const TOLD = 5;

function invalid({ place }: ServedSpec, status: number, schema: string, json: Json): Refusal {
  const findings = explain(place(schema), json);
  const told = findings.slice(0, TOLD).map(({ text }) => text);
  const more = findings.length > told.length ? `; and ${findings.length - told.length} more` : "";
  const message = `The request is not valid: ${told.join("; ")}${more}.`;
  return new Refusal(status, message, findings.map(asReason));
}
