import {
  isObject,
  type Json,
  type JsonObject,
  type MediaType,
  type Operation,
  type Response,
} from "@dots-payouts/openapi";
import type { Api } from "./api.ts";
import { isJson } from "./media-type.ts";
import type { MockAnswer } from "./message.ts";
import { plainSample } from "./plain-sample.ts";
import type { Refusal } from "./refusal.ts";

/** Statuses that tell more closely what 400 and 422 tell as well. */
const CLOSER = [400, 406, 413, 414, 415, 422];

/**
 * The answer to a request that is refused, as its operation documents it: under a status, in a media type and with a
 * body that are documented, as far as there are any. The body says what is wrong where its schema leaves room for that.
 */
export function refusalAnswer(api: Api, operation: Operation | undefined, refusal: Refusal): MockAnswer {
  const plain = refusal.toAnswer();
  if (operation === undefined || refusal.status >= 500) return plain;
  const statuses = [refusal.status, ...(CLOSER.includes(refusal.status) ? [400, 422] : [])];
  const status = statuses.find((one) => documentedFor(operation, one) !== undefined);
  if (status === undefined) return plain;
  const content = documentedFor(operation, status)?.content ?? [];
  const media = content.find(({ type }) => isJson(type));
  if (media !== undefined) {
    const headers = { ...plain.headers, "content-type": media.type };
    return { status, headers, body: JSON.stringify(bodyFor(api, media, refusal)) };
  }
  const text = content.find(({ type }) => type.startsWith("text/"));
  if (text === undefined) return { ...plain, status };
  return { status, headers: { ...plain.headers, "content-type": text.type }, body: refusal.message };
}

function documentedFor({ responses }: Operation, status: number): Response | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  return [String(status), range, "default"]
    .map((wanted) => responses.find((response) => response.status.toUpperCase() === wanted.toUpperCase()))
    .find((response) => response !== undefined);
}

function bodyFor({ document, schemas }: Api, media: MediaType, { message, reasons }: Refusal): Json {
  const own: JsonObject = { message, errors: reasons.map((reason) => ({ ...reason })) };
  if (media.schema === undefined) return own;
  const fits = schemas.at(media.schema);
  if (fits(own)) return own;
  const examples = [...media.examples.map(({ value }) => value), plainSample(document, media.schema)];
  return examples.flatMap((example) => mix(example, own, message)).find((body) => fits(body)) ?? own;
}

/** The ways to say what is wrong in the form of an example, the one that says most first. */
function mix(example: Json, own: JsonObject, message: string): Json[] {
  if (!isObject(example)) return [example];
  return [{ ...example, ...own }, { ...example, message }, { ...own, ...example }, example];
}
