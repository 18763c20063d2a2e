import type { Json } from "@dots-payouts/openapi";
import { MockError } from "../mock-error.ts";
import { isBodiless, isFraming, jsonAnswer, type MockAnswer, sendingProblem } from "../wire/answer.ts";
import type { Disturbance } from "../wire/fault.ts";

/** How the next requests are to be answered. */
export interface PlannedAnswer extends Disturbance {
  /** Answers with this status, and carries nothing out. Without it the request is carried out as usual. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body of that answer, as JSON. @default an object with a message */
  readonly body?: unknown;
  /** The `operationId` of the requests that are meant. @default any */
  readonly operation?: string;
}

/** What a planned answer is for a request. */
export interface Plan extends Disturbance {
  /** The answer; `undefined` where the request is carried out. */
  readonly answer: MockAnswer | undefined;
}

/** Answers that were planned, used in the order in which they were. */
export interface PlannedAnswers {
  /** @throws MockError for an answer that HTTP cannot carry. */
  add(planned: PlannedAnswer, times: number): void;
  /** Uses up and returns the plan for a request to this operation, where there is one. */
  take(operation: string): Plan | undefined;
  clear(): void;
}

export function plannedAnswers(): PlannedAnswers {
  let plans: { readonly operation: string | undefined; readonly plan: Plan; left: number }[] = [];
  return {
    add(planned, times) {
      const { delay, fault, operation } = planned;
      const plan = { delay, fault, answer: answerOf(planned) };
      if (times > 0) plans.push({ operation, plan, left: times });
    },
    take(operation) {
      if (plans.length === 0) return undefined;
      const next = plans.find((planned) => (planned.operation ?? operation) === operation);
      if (next === undefined) return undefined;
      next.left -= 1;
      if (next.left === 0) plans = plans.filter((planned) => planned !== next);
      return next.plan;
    },
    clear() {
      plans = [];
    },
  };
}

function answerOf({ status, headers = {}, body }: PlannedAnswer): MockAnswer | undefined {
  if (status === undefined) return undefined;
  const answer = isBodiless(status)
    ? { status, headers: { ...headers }, body: "" }
    : jsonAnswer(status, requireJson(body ?? { message: "This answer was planned." }), headers);
  const framing = Object.keys(headers).find(isFraming);
  if (framing !== undefined) {
    throw impossible(`the header ${framing} says how an answer travels, and is set when it is sent`);
  }
  const problem = sendingProblem(answer);
  if (problem !== undefined) throw impossible(problem);
  return answer;
}

function requireJson(body: unknown): Json {
  try {
    const text: string | undefined = JSON.stringify(body);
    if (text !== undefined) return JSON.parse(text);
  } catch (error) {
    throw impossible(`its body is not JSON (${error instanceof Error ? error.message : error})`);
  }
  throw impossible(`its body is not JSON, but a ${typeof body}`);
}

function impossible(problem: string): MockError {
  return new MockError(`This answer cannot be planned: ${problem}.`);
}
