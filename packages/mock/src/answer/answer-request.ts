import { accepts } from "@dots-payouts/openapi";
import { checkBody, type ValidRequest } from "../check/check-body.ts";
import { checkHead, type Head } from "../check/check-head.ts";
import { findOperation } from "../check/find-operation.ts";
import type { Prism } from "../prism/prism.ts";
import { problemAnswer } from "../refusals/problem-answer.ts";
import type { Draft } from "../sample/draft.ts";
import type { ServedSpec } from "../spec/served-spec.ts";
import type { MockAnswer } from "../wire/answer.ts";
import { decodeBody } from "../wire/parse-json.ts";
import { refuse } from "../wire/refusal.ts";
import { header, type MockRequest } from "../wire/request.ts";
import type { Choice } from "../wishes/prefer.ts";
import { askPrism } from "./ask-prism.ts";
import { carryOut, Task } from "./carry-out.ts";
import type { Context, Progress } from "./context.ts";
import { useUpKey } from "./use-up-key.ts";

/**
 * Answers a request as the spec documents.
 * @param choice which documented answer the request asks for
 * @param progress what is known about the request so far, also when it is refused
 * Avoids awaiting values that are already available: a promise costs as much as most of the work here.
 * @throws Refusal if the request is not carried out.
 */
export function answerRequest(
  context: Context,
  request: MockRequest,
  choice: Choice | undefined,
  progress: Progress,
): MockAnswer | Promise<MockAnswer> {
  const { spec, planned, credentials } = context;
  const found = findOperation(spec, request);
  if ("answer" in found) return found.answer;
  const { compiled } = found;
  progress.compiled = compiled;
  const { id } = compiled.operation;
  const plan = planned.looksAtRequests(id) ? undefined : planned.take(id);
  if (plan !== undefined) progress.plan = plan;
  if (plan?.answer !== undefined) return plan.answer;
  const head = checkHead(spec, found, request, credentials);
  progress.namespace = context.namespaces.of(head.client, request);
  const answer = compiled.key?.usedByRefusal === true ? answerOrUseUpKey : answerBody;
  progress.body = "";
  if (compiled.operation.requestBody === undefined) return answer(context, head, choice, progress);
  return request.body().then((body) => {
    progress.body = decodeBody(body);
    return answer(context, head, choice, progress);
  });
}

async function answerOrUseUpKey(
  context: Context,
  head: Head,
  choice: Choice | undefined,
  progress: Progress,
): Promise<MockAnswer> {
  try {
    return await answerBody(context, head, choice, progress);
  } catch (error) {
    await useUpKey(context, head, progress, error);
    throw error;
  }
}

/** Answers a request whose head is valid and whose body has arrived. */
function answerBody(
  context: Context,
  head: Head,
  choice: Choice | undefined,
  progress: Progress,
): MockAnswer | Promise<MockAnswer> {
  const { spec, prism, planned } = context;
  const { compiled } = head;
  const valid = checkBody(spec, head, progress.body ?? "");
  if (planned.looksAtRequests(compiled.operation.id)) {
    const closer = planned.take(compiled.operation.id, valid, progress.namespace);
    if (closer !== undefined) progress.plan = closer;
    if (closer?.answer !== undefined) return closer.answer;
  }
  const code = successAskedFor(valid, choice);
  if (choice !== undefined && code === undefined) {
    const problem = problemAskedFor(spec, valid, choice);
    if (problem !== undefined) return problem;
    return askPrism(prism, valid, choice).then(({ answer }) => answer);
  }
  const made = draftFor(prism, valid, code);
  return made instanceof Promise
    ? made.then((draft) => carryOut(new Task(context, valid, draft, code, progress)))
    : carryOut(new Task(context, valid, made, code, progress));
}

/**
 * The documented success that a request asks for by its status alone. It is carried out like any other: a caller that
 * asks for 201 instead of 200 expects the resource to exist afterwards.
 */
function successAskedFor({ compiled, json }: ValidRequest, choice: Choice | undefined): number | undefined {
  if (choice?.code === undefined || choice.example !== undefined || choice.dynamic === true) return undefined;
  return compiled.ownSuccess(json, choice.code) === undefined ? undefined : choice.code;
}

/** The documented problem that a request asks for by its status alone. */
function problemAskedFor(
  spec: ServedSpec,
  { compiled, request }: ValidRequest,
  { code, example, dynamic }: Choice,
): MockAnswer | undefined {
  if (code === undefined || example !== undefined || dynamic === true) return undefined;
  return problemAnswer(spec, compiled, request, code);
}

/**
 * Decides who makes the body: the mock, from the example of a success that is JSON or has no content; or Prism, if
 * there is no example or the request wants another media type. After that, both drafts are handled the same way.
 */
function draftFor(prism: Prism, valid: ValidRequest, code: number | undefined): Draft | Promise<Draft> {
  const { operation, prismChecks } = valid.compiled;
  if (operation.responses.length === 0) {
    throw refuse(501, "responses", "The spec does not say what this operation answers.");
  }
  const own = valid.compiled.ownSuccess(valid.json, code);
  const usable = own !== undefined && isAccepted(valid.request, own.mediaType) ? own : undefined;
  if (usable !== undefined && !prismChecks) return usable;
  return askPrism(prism, valid, undefined).then(({ draft }) => usable ?? draft());
}

function isAccepted(request: MockRequest, mediaType: string | undefined): boolean {
  return mediaType === undefined || accepts(header(request, "accept"), mediaType);
}
