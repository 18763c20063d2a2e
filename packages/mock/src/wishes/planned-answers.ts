import type { Disturbance } from "./disturbance.ts";

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

/** Answers that were ordered in advance, used in the order in which they were. */
export interface PlannedAnswers {
  add(answer: PlannedAnswer, times: number): void;
  /** Uses up and returns the answer for a request to this operation, where there is one. */
  take(operation: string): PlannedAnswer | undefined;
  clear(): void;
}

export function plannedAnswers(): PlannedAnswers {
  let plans: { readonly answer: PlannedAnswer; left: number }[] = [];
  return {
    add(answer, times) {
      if (times > 0) plans.push({ answer, left: times });
    },
    take(operation) {
      if (plans.length === 0) return undefined;
      const plan = plans.find(({ answer }) => (answer.operation ?? operation) === operation);
      if (plan === undefined) return undefined;
      plan.left -= 1;
      if (plan.left === 0) plans = plans.filter((other) => other !== plan);
      return plan.answer;
    },
    clear() {
      plans = [];
    },
  };
}
