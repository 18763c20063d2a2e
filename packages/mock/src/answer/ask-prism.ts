import { isJson } from "@dots-payouts/openapi";
import type { Prism } from "../prism/prism.ts";
import { type Draft, jsonDraft, textDraft } from "../sample/draft.ts";
import type { MockAnswer } from "../wire/answer.ts";
import type { Choice } from "../wishes/prefer.ts";
import type { ValidRequest } from "./check-body.ts";

/** What Prism answers. */
export interface PrismAnswer {
  readonly answer: MockAnswer;
  /** The same as a draft, to fill in what depends on the request. */
  draft(): Draft;
}

/**
 * Has Prism check a request and answer it. If the body that Prism makes up does not match the schema, a plainer one is
 * used: Prism supports less of JSON Schema than OpenAPI 3.1 does.
 * @throws Refusal if Prism finds the request invalid or has no such answer.
 */
export async function askPrism(
  prism: Prism,
  { compiled, request, path, text, json }: ValidRequest,
  choice: Choice | undefined,
): Promise<PrismAnswer> {
  const { operation } = compiled;
  const body = json ?? (text === "" ? undefined : text);
  const answer = await prism.answer({ operation, request, path, body }, choice);
  const { status, headers } = answer;
  const type = headers["content-type"];
  const documented = type !== undefined && isJson(type) ? compiled.documentedBody(status, type) : undefined;
  if (documented === undefined || answer.body === "") {
    return { answer, draft: () => textDraft(status, headers, answer.body) };
  }
  const made = documented.fitting(JSON.parse(answer.body));
  return {
    answer: { ...answer, body: JSON.stringify(made) },
    draft: () => jsonDraft(status, headers, documented, made),
  };
}
