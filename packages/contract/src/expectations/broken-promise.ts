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
  /** What is wrong, in words that are the same for every symptom of one cause. */
  readonly cause: string;
  /** The cause that is told instead where a server has many of its kind in one operation. */
  readonly broader?: Broader;
  /** What the spec promises here, in words. */
  readonly expected: string;
  /** JSON Pointer to the promise in the spec. */
  readonly place: string;
  /** The one name that is promised, where the place is a list of names. */
  readonly name?: string;
  /** Why it is only assumed that the API promises this; absent where it does. */
  readonly assumption?: string;
  /** The body that was refused although it is valid; absent where that is not what is wrong. */
  readonly refused?: Json;
  /** What was sent and what came back; the last one shows it. */
  readonly exchanges: readonly Exchange[];
  /** What the server delivered, where that is what is wrong. */
  readonly received?: string;
  /** How many requests like the first were sent at once, and whether each had its own key. */
  readonly atOnce?: { readonly count: number; readonly ownKeys: boolean };
  /** What came before the last request: a wait, or requests with other keys. */
  readonly between?: { readonly seconds?: number; readonly others?: number };
  /** How to try a smaller body; absent where the body is not what shows it. */
  readonly again?: Again;
}

interface Broader {
  readonly cause: string;
  /** `many`: from a handful on. `all`: where nothing of the kind is right. */
  readonly from: "many" | "all";
}

/** A way to find the smallest request that shows a broken promise. */
export interface Again {
  readonly body: Json;
  /** The rules that a body breaks: a smaller one must be as valid, or as invalid. */
  errors(body: Json): readonly SchemaError[];
  /** Sends another body and expects the same of its answer. */
  send(body: Json): Promise<readonly BrokenPromise[]>;
}

/** The more serious of two. */
export function worse(one: Severity, other: Severity): Severity {
  return SEVERITIES.indexOf(one) < SEVERITIES.indexOf(other) ? one : other;
}

/** What is wrong where nothing came back. */
export function noAnswer(exchange: Exchange, expected: string, place: string): BrokenPromise {
  const { outcome } = exchange;
  const gone = !isAnswer(outcome) && outcome.reason === "unreachable";
  const cause = gone
    ? "the server can no longer be reached"
    : `no answer: ${isAnswer(outcome) ? "" : outcome.message}`;
  return { severity: "data", cause, expected, place, exchanges: [exchange] };
}
