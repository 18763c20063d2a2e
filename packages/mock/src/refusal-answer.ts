import {
  isObject,
  type Json,
  type JsonObject,
  type MediaType,
  type Operation,
  type Response,
} from "@dots-payouts/openapi";
import type { Api } from "./api.ts";
import type { CompiledOperation } from "./compiled-operation.ts";
import { isJson } from "./media-type.ts";
import type { MockAnswer } from "./message.ts";
import { plainSamples } from "./plain-sample.ts";
import type { Refusal } from "./refusal.ts";

/** Statuses that tell more closely what 400 and 422 tell as well. */
const CLOSER = [400, 406, 413, 414, 415, 422];

/** How an operation documents that it refuses. */
export interface DocumentedRefusal {
  readonly status: number;
  /** What it is written in; absent where nothing is documented. */
  readonly media: MediaType | undefined;
}

/** How an operation documents a refusal with a status, or with one that says less closely the same. */
export function documentedRefusal(
  responses: readonly Response[],
  refused: number,
): DocumentedRefusal | undefined {
  if (refused >= 500) return undefined;
  for (const status of [refused, ...(CLOSER.includes(refused) ? [400, 422] : [])]) {
    const found = documentedFor(responses, status);
    if (found === undefined) continue;
    const { content } = found;
    const media =
      content.find(({ type }) => isJson(type)) ?? content.find(({ type }) => /^text\//.test(type));
    return { status, media };
  }
  return undefined;
}

/**
 * The answer to a request that is refused, as its operation documents it: under a status, in a media type and with a
 * body that are documented, as far as there are any. The body says what is wrong where its schema leaves room for that.
 */
export function refusalAnswer(
  api: Api,
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
  const other = otherBody(api, media, refusal);
  return { status, headers, body: other === undefined ? plain.body : JSON.stringify(other) };
}

function documentedFor(responses: Operation["responses"], status: number): Response | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  return [String(status), range, "default"]
    .map((wanted) => responses.find((response) => response.status.toUpperCase() === wanted.toUpperCase()))
    .find((response) => response !== undefined);
}

/** A body in the documented form, where our own has another. */
function otherBody({ document, schemas }: Api, media: MediaType, refusal: Refusal): Json | undefined {
  if (media.schema === undefined) return undefined;
  const { message, reasons } = refusal;
  const fits = schemas.at(media.schema);
  if (fits({ message, errors: reasons })) return undefined;
  const own: JsonObject = { message, errors: reasons.map((reason) => ({ ...reason })) };
  const examples = [...media.examples.map(({ value }) => value), ...plainSamples(document, media.schema)];
  return examples.flatMap((example) => mix(example, own, message)).find((body) => fits(body));
}

/** The ways to say what is wrong in the form of an example, the one that says most first. */
function mix(example: Json, own: JsonObject, message: string): Json[] {
  if (!isObject(example)) return [example];
  return [{ ...example, ...own }, { ...example, message }, { ...own, ...example }, example];
}
