import {
  isSameJson,
  type Json,
  jsonContent,
  type MediaType,
  memoize,
  type OpenApiDocument,
  type Response,
  responseFor,
  successResponses,
  usualSuccess,
} from "@dots-payouts/openapi";
import type { DocumentedBody } from "../sample/documented-body.ts";
import { documentedHeaders } from "../sample/documented-headers.ts";
import { type OwnDraft, ownDraft } from "../sample/draft.ts";
import { tokensOf, valueAt } from "../sample/fill-example.ts";

/** The success for a request's JSON and the status that it asks for. */
export type OwnSuccesses = (json: Json | undefined, code: number | undefined) => OwnDraft | undefined;

/** The successes of an operation that need no Prism. */
export function ownSuccesses(
  document: OpenApiDocument,
  responses: readonly Response[],
  bodies: ReadonlyMap<MediaType, DocumentedBody>,
): OwnSuccesses {
  const draftOf = (response: Response, status?: number): OwnDraft | undefined => {
    const media = jsonContent(response.content);
    const documented = media === undefined ? undefined : bodies.get(media);
    const json =
      media === undefined || documented === undefined ? undefined : { type: media.type, documented };
    return ownDraft(response, documentedHeaders(document, response.pointer), json, status);
  };
  const successes = successResponses(responses);
  const usualResponse = usualSuccess(responses.filter(({ condition }) => condition === undefined));
  const usual = usualResponse && draftOf(usualResponse);
  const conditional = successes.flatMap((response) =>
    response.condition === undefined
      ? []
      : [{ needed: response.condition.request, draft: draftOf(response) }],
  );
  const asked = memoize((code: number) => {
    const response = responseFor(responses, code);
    return response === undefined || !successes.includes(response) ? undefined : draftOf(response, code);
  });
  return (json, code) => {
    if (code !== undefined) return code >= 200 && code < 300 ? asked(code) : undefined;
    if (conditional.length === 0 || json === undefined) return usual;
    const met = conditional.find(({ needed }) =>
      needed.every(({ pointer, value }) => isSameJson(valueAt(json, tokensOf(pointer)), value)),
    );
    return met === undefined ? usual : met.draft;
  };
}
