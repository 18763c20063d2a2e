import {
  accepts,
  concreteType,
  isFreeText,
  isJson,
  type OpenApiDocument,
  type Operation,
  responseFor,
  successStatus,
  usualSuccess,
} from "@dots-payouts/openapi";
import { documentedHeaders } from "../sample/documented-headers.ts";
import { jsonAnswer, type MockAnswer } from "../wire/answer.ts";
import { refuse } from "../wire/refusal.ts";
import { header } from "../wire/request.ts";
import type { Choice } from "../wishes/prefer.ts";
import type { Prism } from "./prism.ts";

/**
 * Answers where Prism cannot run. It gives the documented answers that a request chooses, where that is all there is to
 * it, and refuses (501) whatever else Prism would do: an answer that looks right but is not would be worse than none.
 */
export function withoutPrism(document: OpenApiDocument): Prism {
  return {
    async answer({ operation, request }, choice) {
      const chosen =
        choice === undefined || choice.dynamic === true || !isPlain(document, operation)
          ? undefined
          : documentedAnswer(document, operation, choice, header(request, "accept"));
      if (chosen !== undefined) return chosen;
      const what = choice === undefined ? "This request" : "This answer (Prefer)";
      throw refuse(
        501,
        "prism",
        `${what} is served by Prism, which does not run with MSW handlers. Start the mock as a server for it.`,
      );
    },
  };
}

/** Whether all that its requests hold has been checked before they come here. */
function isPlain(document: OpenApiDocument, { parameters, requestBody }: Operation): boolean {
  return (
    parameters.every((parameter) => isFreeText(document, parameter)) &&
    (requestBody?.content ?? []).every(({ type }) => isJson(type))
  );
}

function documentedAnswer(
  document: OpenApiDocument,
  { responses }: Operation,
  { code, example }: Choice,
  accept: string | undefined,
): MockAnswer | undefined {
  const response = code === undefined ? usualSuccess(responses) : responseFor(responses, code);
  if (response === undefined) return undefined;
  const status = code ?? successStatus(response);
  const headers = documentedHeaders(document, response.pointer);
  const [media, ...others] = response.content;
  if (media === undefined) return example === undefined ? { status, headers, body: "" } : undefined;
  const type = concreteType(media.type);
  if (others.length > 0 || !isJson(type) || !accepts(accept, type)) return undefined;
  const found = media.examples.find(({ name }) => example === undefined || name === example);
  return found && jsonAnswer(status, found.value, { ...headers, "content-type": type });
}
