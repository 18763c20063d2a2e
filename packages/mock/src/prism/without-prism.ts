import {
  accepts,
  getAt,
  isFreeText,
  isJson,
  isObject,
  listOperations,
  type OpenApiDocument,
  type Operation,
  type Response,
} from "@dots-payouts/openapi";
import { jsonAnswer, type MockAnswer } from "../wire/answer.ts";
import { refuse } from "../wire/refusal.ts";
import { header } from "../wire/request.ts";
import type { Choice } from "../wishes/prefer.ts";
import type { Prism } from "./prism.ts";

/**
 * Stands in where Prism cannot run. It gives the documented examples that a request chooses, where that is all there is
 * to it, and refuses (501) whatever else Prism would do: an answer that looks right but is not would be worse than none.
 */
export function documentedAnswers(document: OpenApiDocument): Prism {
  const operations = listOperations(document);
  return {
    async answer({ request, template }, choice) {
      const operation = operations.find(({ path, method }) => path === template && method === request.method);
      const accept = header(request, "accept");
      const chosen =
        operation === undefined ||
        choice === undefined ||
        choice.dynamic === true ||
        !isPlain(document, operation)
          ? undefined
          : exampleOf(document, operation.responses, choice, accept);
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

function exampleOf(
  document: OpenApiDocument,
  responses: readonly Response[],
  { code, example }: Choice,
  accept: string | undefined,
): MockAnswer | undefined {
  const response = responses.find(({ status }) =>
    code === undefined ? /^2\d\d$/.test(status) : status === String(code),
  );
  const [media, ...others] = response?.content ?? [];
  if (response === undefined || media === undefined || others.length > 0) return undefined;
  if (!isJson(media.type) || !accepts(accept, media.type) || hasHeaders(document, response)) return undefined;
  const found = media.examples.find(({ name }) => example === undefined || name === example);
  return found && jsonAnswer(Number(response.status), found.value, { "content-type": media.type });
}

/** Prism makes up the headers that are documented. */
function hasHeaders(document: OpenApiDocument, { pointer }: Response): boolean {
  const node = getAt(document, pointer);
  return isObject(node) && node["headers"] !== undefined;
}
