import type { Json } from "@dots-payouts/openapi";
import { MockError } from "../mock-error.ts";
import { requireKnown, whole, wrong } from "../options/values.ts";
import { isBodiless, isFraming, jsonAnswer, type MockAnswer, sendingProblem } from "../wire/answer.ts";
import { type Disturbance, FAULTS, isFault } from "../wire/fault.ts";
import { LONGEST_DELAY } from "./prefer.ts";

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

const FIELDS = ["status", "headers", "body", "operation", "delay", "fault"];

/** A planned answer that has not been used as often as it was planned. */
export interface PendingAnswer {
  readonly answer: PlannedAnswer;
  /** How many requests it is still for. */
  readonly left: number;
}

/** What a planned answer is for a request. */
export interface Plan extends Disturbance {
  /** The answer; `undefined` where the request is carried out. */
  readonly answer: MockAnswer | undefined;
}

/** Answers that were planned, used in the order in which they were. */
export interface PlannedAnswers {
  /**
   * @param operations the operations that there are
   * @throws MockError for an answer that HTTP cannot carry, or that could never be used.
   */
  add(planned: PlannedAnswer, times: number, operations: readonly string[]): void;
  /** Uses up and returns the plan for a request to this operation, where there is one. */
  take(operation: string): Plan | undefined;
  /** Those that have not been used, in their order. */
  pending(): readonly PendingAnswer[];
  clear(): void;
}

export function plannedAnswers(): PlannedAnswers {
  let plans: { readonly planned: PlannedAnswer; readonly plan: Plan; left: number }[] = [];
  return {
    add(planned, times, operations) {
      const plan = planOf(planned, operations);
      plans.push({ planned: { ...planned }, plan, left: whole("times", times, 1, 1_000_000) });
    },
    take(operation) {
      if (plans.length === 0) return undefined;
      const next = plans.find(({ planned }) => (planned.operation ?? operation) === operation);
      if (next === undefined) return undefined;
      next.left -= 1;
      if (next.left === 0) plans = plans.filter((other) => other !== next);
      return next.plan;
    },
    pending: () => plans.map(({ planned: answer, left }) => ({ answer, left })),
    clear() {
      plans = [];
    },
  };
}

function planOf(planned: PlannedAnswer, operations: readonly string[]): Plan {
  requireKnown("a planned answer", planned, FIELDS);
  const { delay, fault, operation } = planned;
  if (delay !== undefined) whole("delay", delay, 0, LONGEST_DELAY);
  if (fault !== undefined && !isFault(fault)) throw wrong("fault", `one of ${FAULTS.join(", ")}`, fault);
  if (operation !== undefined && !operations.includes(operation)) {
    throw wrong("operation", `one of ${operations.join(", ")}`, operation);
  }
  return { delay, fault, answer: answerOf(planned) };
}

function answerOf({ status, headers = {}, body }: PlannedAnswer): MockAnswer | undefined {
  if (status === undefined) {
    if (body === undefined && Object.keys(headers).length === 0) return undefined;
    throw impossible("its headers and body need a status beside them");
  }
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
