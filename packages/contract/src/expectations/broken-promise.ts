import type { Json } from "@dots-payouts/openapi";
import { type Exchange, isAnswer } from "../http/request.ts";
import type { SchemaError } from "../schema/validators.ts";

/** A promise that was not kept. */
export interface BrokenPromise {
  /** What kind of thing is wrong, in words. Many causes of one kind in one operation are one cause. */
  readonly kind: string;
  /** What is wrong, in words that are the same for every symptom of one cause. */
  readonly cause: string;
  /** What the spec promises here, in words. */
  readonly expected: string;
  /** JSON Pointer to the promise in the spec. */
  readonly place: string;
  /** What was sent and what came back; the last one shows it. */
  readonly exchanges: readonly Exchange[];
  /** How to try a smaller body; absent where the body is not what shows it. */
  readonly again?: Again;
}

/** A way to find the smallest request that shows a broken promise. */
export interface Again {
  readonly body: Json;
  /** The rules that a body breaks: a smaller one must be as valid, or as invalid. */
  errors(body: Json): readonly SchemaError[];
  /** Sends another body and expects the same of its answer. */
  send(body: Json): Promise<readonly BrokenPromise[]>;
}

/** What is wrong where nothing came back. */
export function noAnswer(exchange: Exchange, expected: string, place: string): BrokenPromise {
  const { outcome } = exchange;
  const gone = !isAnswer(outcome) && outcome.reason === "unreachable";
  const cause = gone
    ? "the server can no longer be reached"
    : `no answer: ${isAnswer(outcome) ? "" : outcome.message}`;
  return { kind: cause, cause, expected, place, exchanges: [exchange] };
}
