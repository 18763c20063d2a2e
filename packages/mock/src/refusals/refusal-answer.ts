import {
  isJson,
  isObject,
  type Json,
  type JsonObject,
  type MediaType,
  type OpenApiDocument,
  plainSamples,
} from "@dots-payouts/openapi";
import type { CompiledOperation } from "../spec/compile-operation.ts";
import type { ServedSpec } from "../spec/served-spec.ts";
import type { MockAnswer } from "../wire/answer.ts";
import type { Refusal } from "../wire/refusal.ts";

/**
 * The answer to a refused request, as its operation documents it: with a documented status, media type and body, as far
 * as they exist. The body says what is wrong if its schema has room for that.
 */
export function refusalAnswer(
  spec: ServedSpec,
  operation: CompiledOperation | undefined,
  refusal: Refusal,
): MockAnswer {
  const plain = refusal.toAnswer();
  const documented = operation?.refusalOf(refusal.status);
  if (documented === undefined) return plain;
  const { status, media } = documented;
  if (media === undefined) return { ...plain, status };
  const headers =
    media.type === plain.headers["content-type"]
      ? plain.headers
      : { ...plain.headers, "content-type": media.type };
  if (!isJson(media.type)) return { status, headers, body: refusal.message };
  const other = otherBody(spec, media, refusal);
  return { status, headers, body: other === undefined ? plain.body : JSON.stringify(other) };
}

/** A body in the documented form, if it differs from our own. */
function otherBody({ document, schemas }: ServedSpec, media: MediaType, refusal: Refusal): Json | undefined {
  if (media.schema === undefined) return undefined;
  const { message, reasons } = refusal;
  const fits = schemas.at(media.schema);
  if (fits({ message, errors: reasons })) return undefined;
  const own: JsonObject = { message, errors: reasons.map((reason) => ({ ...reason })) };
  for (const example of examplesOf(document, media)) {
    const found = mix(example, own, message).find((body) => fits(body));
    if (found !== undefined) return found;
  }
  return undefined;
}

function* examplesOf(document: OpenApiDocument, { examples, schema }: MediaType): Generator<Json> {
  for (const { value } of examples) yield value;
  if (schema !== undefined) yield* plainSamples(document, schema);
}

/** The ways to say what is wrong in the form of an example, the most detailed first. */
function mix(example: Json, own: JsonObject, message: string): Json[] {
  if (!isObject(example)) return [example];
  return [{ ...example, ...own }, { ...example, message }, { ...own, ...example }, example];
}
