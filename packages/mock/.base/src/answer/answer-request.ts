import { accepts } from "@dots-payouts/openapi";
import type { Prism } from "../prism/prism.ts";
import type { Draft } from "../sample/draft.ts";
import type { MockAnswer } from "../wire/answer.ts";
import { decodeBody } from "../wire/parse-json.ts";
import { type Reason, Refusal, refuse } from "../wire/refusal.ts";
import { header, type MockRequest } from "../wire/request.ts";
import type { Choice } from "../wishes/prefer.ts";
import { askPrism } from "./ask-prism.ts";
import { carryOut } from "./carry-out.ts";
import { checkBody, type ValidRequest } from "./check-body.ts";
import { checkHead, type Head } from "./check-head.ts";
import type { Context, Progress } from "./context.ts";
import { findOperation } from "./find-operation.ts";
import { useUpKey } from "./use-up-key.ts";

/**
 * Answers a request as the spec has it.
 * @param choice which documented answer the request asks for
 * @param progress what has been learnt of the request, also when it is refused
 * @throws Refusal when the request is not carried out.
 */
export async function answerRequest(
  context: Context,
  request: MockRequest,
  choice: Choice | undefined,
  progress: Progress,
): Promise<MockAnswer> {
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
  progress.body = compiled.operation.requestBody === undefined ? "" : decodeBody(await request.body());
  if (compiled.key?.usedByRefusal !== true) return answerBody(context, head, progress.body, choice, progress);
  try {
    return await answerBody(context, head, progress.body, choice, progress);
  } catch (error) {
    await useUpKey(context, head, progress.body, error);
    throw error;
  }
}

/** Answers a request whose head is in order and whose body has come. */
async function answerBody(
  context: Context,
  head: Head,
  body: string,
  choice: Choice | undefined,
  progress: Progress,
): Promise<MockAnswer> {
  const { spec, prism, planned } = context;
  const { compiled } = head;
  const valid = checkBody(spec, head, body);
  if (planned.looksAtRequests(compiled.operation.id)) {
    const closer = planned.take(compiled.operation.id, valid);
    if (closer !== undefined) progress.plan = closer;
    if (closer?.answer !== undefined) return closer.answer;
  }
  const code = successAskedFor(valid, choice);
  if (choice !== undefined && code === undefined) return (await askPrism(prism, valid, choice)).answer;
  const warn = (warning: Reason) => {
    if (context.strict) throw new Refusal(compiled.refusalStatus, warning.message, [warning]);
    progress.warnings = [...(progress.warnings ?? []), warning];
  };
  const made = draftFor(prism, valid, code);
  const draft = made instanceof Promise ? await made : made;
  return carryOut({ context, valid, draft, code, progress, warn });
}

/**
 * The documented success that a request asks for by its status alone. It is carried out like any other: whoever asks for
 * 201 in place of 200 wants a resource that is there afterwards.
 */
function successAskedFor({ compiled, json }: ValidRequest, choice: Choice | undefined): number | undefined {
  if (choice?.code === undefined || choice.example !== undefined || choice.dynamic === true) return undefined;
  return compiled.ownSuccess(json, choice.code) === undefined ? undefined : choice.code;
}

/**
 * Decides who makes the body: the mock, from the example of a success that is JSON or has no content; Prism, where there
 * is no example, or the request wants another media type. What becomes of the draft then is the same for both.
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
