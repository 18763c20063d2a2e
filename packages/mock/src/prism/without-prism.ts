import {
  accepts,
  concreteType,
  getAt,
  isJson,
  type Json,
  listGeneratedValues,
  type MediaType,
  type OpenApiDocument,
  type Operation,
  plainSamples,
  responseFor,
  setAt,
  successStatus,
  usualSuccess,
} from "@dots-payouts/openapi";
import { documentedHeaders } from "../sample/documented-headers.ts";
import { type FreshValues, generator } from "../sample/fresh-values.ts";
import { jsonAnswer, type MockAnswer } from "../wire/answer.ts";
import { refuse } from "../wire/refusal.ts";
import { header } from "../wire/request.ts";
import type { Choice } from "../wishes/prefer.ts";
import type { Prism } from "./prism.ts";

/**
 * Replaces Prism where it cannot run. It returns the documented answers that a request chooses, or one generated from
 * the schema if that is JSON, and refuses (501) everything else that Prism would do: an answer that only looks right
 * would be worse than none.
 */
export function withoutPrism(
  document: OpenApiDocument,
  _seed: number | undefined,
  fresh: () => FreshValues,
): Prism {
  return {
    async answer({ operation, request }, choice) {
      const chosen = takesJsonOnly(operation)
        ? documentedAnswer(document, operation, choice ?? ANY, header(request, "accept"), fresh())
        : undefined;
      if (chosen !== undefined) return chosen;
      const what = choice === undefined ? "This request" : "This answer (Prefer)";
      throw refuse(
        501,
        "prism",
        `${what} needs Prism, which does not run with MSW handlers. Start the mock as a server instead.`,
      );
    },
  };
}

const ANY: Choice = { code: undefined, example: undefined, dynamic: undefined };

/** Whether everything in its requests was already checked. */
function takesJsonOnly({ requestBody }: Operation): boolean {
  return (requestBody?.content ?? []).every(({ type }) => isJson(type));
}

function documentedAnswer(
  document: OpenApiDocument,
  { responses }: Operation,
  { code, example, dynamic }: Choice,
  accept: string | undefined,
  fresh: FreshValues,
): MockAnswer | undefined {
  const response = code === undefined ? usualSuccess(responses) : responseFor(responses, code);
  if (response === undefined) return undefined;
  const status = code ?? successStatus(response);
  const headers = documentedHeaders(document, response.pointer);
  if (response.content.length === 0) return example === undefined ? { status, headers, body: "" } : undefined;
  const media = response.content.find(({ type }) => isJson(type) && accepts(accept, concreteType(type)));
  if (media === undefined) return undefined;
  const known = dynamic === true ? undefined : media.examples.find(({ name }) => name === (example ?? name));
  const value = known === undefined && example === undefined ? sample(document, media, fresh) : known?.value;
  return value === undefined
    ? undefined
    : jsonAnswer(status, value, { ...headers, "content-type": concreteType(media.type) });
}

/** JSON generated from the schema, with fresh values. */
function sample(document: OpenApiDocument, { schema }: MediaType, fresh: FreshValues): Json | undefined {
  if (schema === undefined) return undefined;
  const [least, plain = least] = plainSamples(document, schema);
  if (plain === undefined) return undefined;
  return listGeneratedValues(document, schema)
    .filter(({ pointer }) => getAt(plain, pointer) !== undefined)
    .reduce<Json>((body, { pointer, rule }) => setAt(body, pointer, generator(rule)(fresh)), plain);
}
