import { freshValues } from "../sample/fresh-values.ts";
import { memoryStore } from "../store/memory-store.ts";
import { type Reason, Refusal, refuse } from "../wire/refusal.ts";
import type { MockRequest } from "../wire/request.ts";
import { plannedAnswers } from "../wishes/planned-answers.ts";
import { handle } from "./answer-request.ts";
import { checkAnswer, type SeenAnswer } from "./check-answer.ts";
import type { Backing, Trace } from "./context.ts";

/** What was found out about an exchange that others had. */
export interface Inspection {
  readonly operation: string | undefined;
  /** The text of the request's body; empty where it was not kept. */
  readonly body: string;
  /** Everything that breaks the spec. */
  readonly reasons: readonly Reason[];
}

const UNCHECKED = "unchecked";

/** Thrown for a body that cannot be looked at, which breaks nothing that we know of. */
export function unchecked(): Refusal {
  return refuse(422, UNCHECKED, "The body was not checked.");
}

/** Reasons that say something of the mock, nothing of the request. */
const OUR_OWN = new Set([UNCHECKED, "prism", "resource"]);

/** Finds all that breaks the spec in a request, and in the answer that somebody gave to it. */
export async function inspect(
  backing: Pick<Backing, "api" | "prism">,
  request: MockRequest,
  answer: SeenAnswer,
): Promise<Inspection> {
  const trace: Trace = {};
  const reasons = await requestReasons(backing, request, trace);
  const { api } = backing;
  const compiled = api.routes.match(pathOf(request))?.route.operations.get(request.method);
  return {
    operation: compiled?.operation.id,
    body: trace.body ?? (await shown(request)),
    reasons:
      compiled === undefined
        ? reasons
        : [...reasons, ...checkAnswer(api, compiled.operation, request.method, answer)],
  };
}

/** What the mock would refuse breaks the spec. Its own answer is not needed, and it has nothing to remember. */
function requestReasons(
  backing: Pick<Backing, "api" | "prism">,
  request: MockRequest,
  trace: Trace,
): Promise<readonly Reason[]> {
  const forgetful = {
    ...backing,
    store: memoryStore(0),
    fresh: freshValues(undefined),
    planned: plannedAnswers(),
    credentials: undefined,
  };
  // The bytes that were kept are decoded.
  const headers = { ...request.headers, "content-encoding": undefined };
  return new Promise((resolve, reject) => {
    const answered = () => resolve([]);
    handle(forgetful, { ...request, headers }, undefined, trace, answered, (error) => {
      if (error instanceof Refusal) resolve(error.reasons.filter(({ code }) => !OUR_OWN.has(code)));
      else reject(error);
    });
  });
}

function shown(request: MockRequest): Promise<string> {
  return new Promise((resolve) => {
    request.readBody(
      (body) => resolve(new TextDecoder().decode(body)),
      () => resolve(""),
    );
  });
}

function pathOf({ target }: MockRequest): string {
  return target.replace(/^https?:\/\/[^/]*/i, "").replace(/\?.*$/s, "");
}
