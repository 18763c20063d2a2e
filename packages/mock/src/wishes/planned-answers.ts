import { getAt, isPointer, isSameJson, type Json } from "@dots-payouts/openapi";
import { requireKnown, text, whole, wrong } from "../checked-values.ts";
import { MockError } from "../mock-error.ts";
import { isBodiless, isFraming, jsonAnswer, type MockAnswer, sendingProblem } from "../wire/answer.ts";
import { type Disturbance, FAULTS, type Fault, isFault } from "../wire/fault.ts";
import { LONGEST_DELAY } from "./prefer.ts";

/** How to answer the next requests. */
export interface PlannedAnswer extends Disturbance {
  /** Answers with this status, without carrying anything out. If absent, the request is carried out as usual. */
  readonly status?: number;
  /** Additional headers of that answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The body of that answer, as JSON. @default an object with a message */
  readonly body?: unknown;
  /** Applies only to requests with this `operationId`. @default any */
  readonly operation?: string;
  /** Applies only to requests of this client ID. @default any */
  readonly client?: string;
  /** Applies only to requests whose body has these values, by JSON Pointer. @default anything */
  readonly when?: Readonly<Record<string, unknown>>;
}

export const PLAN_FIELDS: readonly string[] = [
  ...["status", "headers", "body", "operation", "client", "when", "delay", "fault"],
];

/** A planned answer that is not used up yet. */
export interface PendingAnswer {
  /** The planned answer. */
  readonly answer: PlannedAnswer;
  /** For how many more requests it is planned. */
  readonly left: number;
}

/** A planned answer as applied to a request. */
export interface Plan extends Disturbance {
  /** The answer; `undefined` if the request is carried out. */
  readonly answer: MockAnswer | undefined;
}

/** What a plan can check. */
interface SentRequest {
  readonly client: string;
  readonly json: Json | undefined;
}

/** Planned answers, used in the order in which they were planned. */
export interface PlannedAnswers {
  /**
   * @param operations all operations
   * @param namespace whose requests it applies to @default everybody's
   * @throws MockError for an answer that HTTP cannot carry, or that could never be used.
   */
  add(given: UncheckedAnswer, times: unknown, operations: readonly string[], namespace?: string): void;
  /** Whether a plan for this operation depends on the sender or body, so that the request must be read first. */
  looksAtRequests(operation: string): boolean;
  /** Uses up and returns the plan for a request to this operation, if there is one. */
  take(operation: string, sent?: SentRequest, namespace?: string): Plan | undefined;
  /** Unused plans, in order: all, or only those for a namespace. */
  pending(namespace?: string): readonly PendingAnswer[];
  clear(namespace?: string): void;
}

export function plannedAnswers(): PlannedAnswers {
  let plans: Planned[] = [];
  const isIn = (namespace: string | undefined) => (one: Planned) =>
    namespace === undefined || one.namespace === namespace;
  return {
    add(given, times, operations, namespace) {
      const planned = checked(given, operations);
      const { delay, fault } = planned;
      const plan = { delay, fault, answer: answerOf(planned) };
      plans.push({ planned, plan, namespace, left: whole("times", times, 1, 1_000_000) });
    },
    looksAtRequests: (operation) =>
      plans.some(
        ({ planned, namespace }) =>
          isFor(planned, operation) &&
          (planned.client !== undefined || planned.when !== undefined || namespace !== undefined),
      ),
    take(operation, sent, namespace) {
      if (plans.length === 0) return undefined;
      const next = plans.find(
        (one) =>
          (one.namespace ?? namespace) === namespace &&
          isFor(one.planned, operation) &&
          matches(one.planned, sent),
      );
      if (next === undefined) return undefined;
      next.left -= 1;
      if (next.left === 0) plans = plans.filter((other) => other !== next);
      return next.plan;
    },
    pending: (namespace) =>
      plans.filter(isIn(namespace)).map(({ planned: answer, left }) => ({ answer, left })),
    clear(namespace) {
      plans = plans.filter((one) => !isIn(namespace)(one));
    },
  };
}

interface Planned {
  readonly planned: PlannedAnswer;
  readonly plan: Plan;
  /** Whose requests it applies to; `undefined` for everybody's. */
  readonly namespace: string | undefined;
  left: number;
}

function isFor(planned: PlannedAnswer, operation: string): boolean {
  return (planned.operation ?? operation) === operation;
}

function matches({ client, when }: PlannedAnswer, sent: SentRequest | undefined): boolean {
  if (client !== undefined && client !== sent?.client) return false;
  const json = sent?.json;
  return Object.entries(when ?? {}).every(
    ([pointer, value]) => json !== undefined && isSameJson(getAt(json, pointer), requireJson(value)),
  );
}

/** A planned answer as given, from possibly untyped code or as JSON. */
export type UncheckedAnswer = { readonly [Field in keyof PlannedAnswer]?: unknown };

function checked(given: UncheckedAnswer, operations: readonly string[]): PlannedAnswer {
  requireKnown("a planned answer", given, PLAN_FIELDS);
  const { status, headers, body, operation, client, when, delay, fault } = given;
  if (operation !== undefined && !operations.some((known) => known === operation)) {
    throw wrong("operation", `one of ${operations.join(", ")}`, operation);
  }
  return {
    ...(status === undefined ? {} : { status: statusIn(status) }),
    ...(headers === undefined ? {} : { headers: textsIn(headers) }),
    ...(body === undefined ? {} : { body }),
    ...(operation === undefined ? {} : { operation: text("operation", operation) }),
    ...(client === undefined ? {} : { client: text("client", client) }),
    ...(when === undefined ? {} : { when: conditionsIn(when) }),
    ...(delay === undefined ? {} : { delay: whole("delay", delay, 0, LONGEST_DELAY) }),
    ...(fault === undefined ? {} : { fault: faultIn(fault) }),
  };
}

function statusIn(status: unknown): number {
  if (typeof status === "number") return status;
  throw impossible(`${JSON.stringify(status)} is not a valid status: use a whole number`);
}

function textsIn(headers: unknown): Record<string, string> {
  if (typeof headers !== "object" || headers === null || Array.isArray(headers))
    throw wrong("headers", "strings by name", headers);
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (typeof value !== "string") throw wrong(`the header ${name}`, "a string", value);
      return [name, value];
    }),
  );
}

function faultIn(fault: unknown): Fault {
  if (typeof fault === "string" && isFault(fault)) return fault;
  throw wrong("fault", `one of ${FAULTS.join(", ")}`, fault);
}

function conditionsIn(when: unknown): Record<string, Json> {
  const pointers = typeof when === "object" && when !== null ? Object.entries(when) : [];
  if (pointers.length === 0 || !pointers.every(([pointer]) => pointer !== "" && isPointer(pointer))) {
    throw wrong("when", 'values by JSON Pointer, such as {"/amount": 500}', when);
  }
  return Object.fromEntries(pointers.map(([pointer, value]) => [pointer, requireJson(value)]));
}

function answerOf({ status, headers = {}, body }: PlannedAnswer): MockAnswer | undefined {
  if (status === undefined) {
    if (body === undefined && Object.keys(headers).length === 0) return undefined;
    throw impossible("headers and body need a status");
  }
  const answer = isBodiless(status)
    ? { status, headers: { ...headers }, body: "" }
    : jsonAnswer(status, requireJson(body ?? { message: "This answer was planned." }), headers);
  const framing = Object.keys(headers).find(isFraming);
  if (framing !== undefined) {
    throw impossible(`the header ${framing} is a transport header, and is set automatically`);
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
