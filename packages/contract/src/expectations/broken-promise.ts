import type { Json } from "@dots-payouts/openapi";
import { type Exchange, isAnswer } from "../http/request.ts";
import type { SchemaError } from "../schema/validators.ts";

/** What a broken promise puts at risk, the worst first. */
export const SEVERITIES = ["money", "security", "data", "form"] as const;
/** What a broken promise puts at risk: one of `SEVERITIES`. */
export type Severity = (typeof SEVERITIES)[number];

/** A promise that was not kept. */
export interface BrokenPromise {
  readonly severity: Severity;
  /** What is wrong, worded the same for every symptom of one cause. */
  readonly cause: string;
  /** The cause to report instead if many of its kind occur in one operation. */
  readonly broader?: Broader;
  /** What the spec promises here, as a sentence. */
  readonly expected: string;
  /** JSON Pointer to the promise in the spec. */
  readonly place: string;
  /** The promised name, if the place is a list of names. */
  readonly name?: string;
  /** Why this is only assumed; absent if the API documents it. */
  readonly assumption?: string;
  /** The valid body that was refused, if that is what is wrong. */
  readonly refused?: Json;
  /** The requests and answers; the last one shows the problem. */
  readonly exchanges: readonly Exchange[];
  /** What the server delivered, if that is what is wrong. */
  readonly received?: string;
  /** How many requests like the first were sent at once, and whether each had its own key. */
  readonly atOnce?: { readonly count: number; readonly ownKeys: boolean };
  /** What came before the last request: a wait, or requests with other keys. */
  readonly between?: { readonly seconds?: number; readonly others?: number };
  /** How to try a smaller body; absent if the body does not show the problem. */
  readonly again?: Again;
}

interface Broader {
  readonly cause: string;
  /** `many`: a handful or more. `all`: every one of its kind. */
  readonly from: "many" | "all";
}

/** How to find the smallest request that shows a broken promise. */
export interface Again {
  readonly body: Json;
  /** The rules that a body breaks: a smaller one must be equally valid or invalid. */
  errors(body: Json): readonly SchemaError[];
  /** Sends another body and expects the same of its answer. */
  send(body: Json): Promise<readonly BrokenPromise[]>;
}

/** The more serious of two. */
export function worse(one: Severity, other: Severity): Severity {
  return SEVERITIES.indexOf(one) < SEVERITIES.indexOf(other) ? one : other;
}

/** What is wrong if there was no answer. */
export function noAnswer(exchange: Exchange, expected: string, place: string): BrokenPromise {
  const { outcome } = exchange;
  const gone = !isAnswer(outcome) && outcome.reason === "unreachable";
  const cause = gone
    ? "the server can no longer be reached"
    : `no answer: ${isAnswer(outcome) ? "" : outcome.message}`;
  return { severity: "data", cause, expected, place, exchanges: [exchange] };
}
