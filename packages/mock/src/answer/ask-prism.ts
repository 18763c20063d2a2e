import { contentFor, essence, isJson, type Operation, responseFor } from "@dots-payouts/openapi";
import type { ValidRequest } from "../check/check-body.ts";
import type { Prism } from "../prism/prism.ts";
import { type Draft, jsonDraft, textDraft } from "../sample/draft.ts";
import type { MockAnswer } from "../wire/answer.ts";
import { refuse } from "../wire/refusal.ts";
import type { Choice } from "../wishes/prefer.ts";

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
  requireMakeable(operation, status, type);
  const documented = type !== undefined && isJson(type) ? compiled.documentedBody(status, type) : undefined;
  if (documented === undefined || answer.body === "") {
    return { answer, draft: () => textDraft(status, headers, answer.body) };
  }
  const made = documented.fitting(JSON.parse(answer.body));
  return {
    answer: { ...answer, body: JSON.stringify(made) },
    draft: () => jsonDraft(status, headers, documented, () => made),
  };
}

/** Refuses (501) content that is not text and has no example: a generated PDF or event stream would be invalid. */
function requireMakeable({ responses }: Operation, status: number, type: string | undefined): void {
  if (type === undefined || isJson(type)) return;
  const name = essence(type);
  if (name.startsWith("text/") && name !== "text/event-stream") return;
  const response = responseFor(responses, status);
  const media = contentFor(response?.content ?? [], type);
  if (response === undefined || media?.examples.some(({ value }) => typeof value === "string")) return;
  throw refuse(
    501,
    "content",
    `The mock does not make up ${name}: #${response.pointer}. Give it an example.`,
  );
}
