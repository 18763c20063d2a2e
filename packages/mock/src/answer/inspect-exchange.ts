import { checkAnswer, type SeenAnswer } from "../check/check-answer.ts";
import { checkBody } from "../check/check-body.ts";
import { checkHead } from "../check/check-head.ts";
import { findOperation } from "../check/find-operation.ts";
import type { Prism } from "../prism/prism.ts";
import type { ServedSpec } from "../spec/served-spec.ts";
import { decodeBody } from "../wire/parse-json.ts";
import { type Reason, Refusal, refuse } from "../wire/refusal.ts";
import type { MockRequest } from "../wire/request.ts";
import { askPrism } from "./ask-prism.ts";
import type { Progress } from "./context.ts";

/** Findings about an exchange between a client and another server. */
export interface Inspection {
  readonly operation: string | undefined;
  /** The text of the request's body; empty if it was not kept. */
  readonly body: string;
  /** Everything that breaks the spec. */
  readonly reasons: readonly Reason[];
}

const UNCHECKED = "unchecked";

/** Thrown for a body that cannot be checked, which does not count as a broken rule. */
export function unchecked(): Refusal {
  return refuse(422, UNCHECKED, "The body was not checked.");
}

/** Reasons that are about the mock, not about the request. */
const OUR_OWN = new Set([UNCHECKED, "prism"]);

/** Finds everything that breaks the spec in a request and in the answer to it. */
export async function inspectExchange(
  spec: ServedSpec,
  prism: Prism,
  request: MockRequest,
  answer: SeenAnswer,
): Promise<Inspection> {
  const progress: Progress = {};
  const reasons = await requestReasons(spec, prism, request, progress);
  const operation = progress.compiled?.operation;
  return {
    operation: operation?.id,
    body: progress.body ?? (await shown(request)),
    reasons:
      operation === undefined
        ? reasons
        : [...reasons, ...checkAnswer(spec, operation, request.method, answer)],
  };
}

/**
 * Whatever the mock would refuse breaks the spec. Any credentials are fine: only the real server knows the right ones.
 */
async function requestReasons(
  spec: ServedSpec,
  prism: Prism,
  request: MockRequest,
  progress: Progress,
): Promise<readonly Reason[]> {
  try {
    const found = findOperation(spec, request);
    if ("answer" in found) return [];
    progress.compiled = found.compiled;
    // The kept bytes are already decoded.
    const decoded = { ...request, headers: { ...request.headers, "content-encoding": undefined } };
    const head = checkHead(spec, found, decoded, undefined);
    const hasBody = found.compiled.operation.requestBody !== undefined;
    progress.body = hasBody ? decodeBody(await request.body()) : "";
    const valid = checkBody(spec, head, progress.body);
    if (found.compiled.prismChecks) await askPrism(prism, valid, undefined);
    return [];
  } catch (error) {
    if (error instanceof Refusal) return error.reasons.filter(({ code }) => !OUR_OWN.has(code));
    throw error;
  }
}

function shown(request: MockRequest): Promise<string> {
  return request.body().then(
    (body) => new TextDecoder().decode(body),
    () => "",
  );
}
