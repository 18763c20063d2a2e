import { contentFor, isJson, type MediaType, type Operation, responseFor } from "@dots-payouts/openapi";
import { asReason, explain } from "../schema/explain.ts";
import type { ServedSpec } from "../spec/served-spec.ts";
import { decodeBody, parseJson } from "../wire/parse-json.ts";
import { type Reason, Refusal } from "../wire/refusal.ts";

/** An answer from another server. */
export interface SeenAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined` if it was not kept. */
  readonly body: Uint8Array | undefined;
  /** Whether the server ended the connection before the end of the body. */
  readonly brokenOff: boolean;
}

/** Everything in an answer that its operation does not document. */
export function checkAnswer(
  spec: ServedSpec,
  { responses }: Operation,
  method: string,
  answer: SeenAnswer,
): readonly Reason[] {
  const response = responseFor(responses, answer.status);
  if (response === undefined) {
    const statuses = responses.map(({ status }) => status).join(", ");
    return [broken("status", `status ${answer.status} is not documented. Documented: ${statuses}`)];
  }
  if (answer.brokenOff) return [broken("aborted", "the body was cut off")];
  const { body } = answer;
  const contentType = answer.headers["content-type"];
  if (method === "HEAD" || body === undefined) return [];
  const types = response.content.map(({ type }) => type);
  if (body.length === 0) {
    return types.length === 0 ? [] : [broken("required", "the documented body is missing")];
  }
  if (types.length === 0) return [broken("content", "there is a body, but none is documented")];
  if (contentType === undefined) return [broken("content-type", "a body has no content type")];
  const media = contentFor(response.content, contentType);
  if (media === undefined) {
    const wanted = types.join(", ");
    return [broken("content-type", `a body of type ${contentType} is not documented. Documented: ${wanted}`)];
  }
  return isJson(contentType) ? checkJson(spec, media, body) : [];
}

function checkJson(
  { schemas, place }: ServedSpec,
  { schema }: MediaType,
  body: Uint8Array,
): readonly Reason[] {
  try {
    const value = parseJson(decodeBody(body));
    if (schema === undefined || schemas.at(schema)(value)) return [];
    return explain(place(schema), value).map((finding) => ofAnswer(asReason(finding)));
  } catch (error) {
    if (error instanceof Refusal) return error.reasons.map(ofAnswer);
    throw error;
  }
}

function broken(code: string, message: string): Reason {
  return ofAnswer({ path: "", code, message: `${message}.` });
}

function ofAnswer({ path, code, message }: Reason): Reason {
  return { path, code, message: `In the answer: ${message}`, side: "answer" };
}
