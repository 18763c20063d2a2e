import type { ErrorBody } from "../generated/types.ts";
import { digestOf, parseJson } from "../runtime/json.ts";
import type { Outcome } from "../runtime/outcome.ts";
import type { Violation } from "../runtime/validate.ts";

/** What is known about a failed call. */
export interface ErrorFacts {
  /** The name of the error's class. */
  readonly name?: string | undefined;
  /** What the failure means for the money. */
  readonly outcome: Outcome;
  /** The operation that was called. */
  readonly operation?: string | undefined;
  /** The key that every attempt sent. */
  readonly idempotencyKey?: string | undefined;
  /** When the first request with the key was sent, as an ISO 8601 string. */
  readonly firstSentAt?: string | undefined;
  /** The account that the key was sent for. */
  readonly account?: string | undefined;
  /** How many attempts the call made. */
  readonly attempts?: number | undefined;
  /** The status of the last answer. */
  readonly status?: number | undefined;
  /** The ID that the server gave the last request. */
  readonly requestId?: string | undefined;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
  /** The body of the answer, if it is an error from the API. */
  readonly body?: ErrorBody | undefined;
  /** The body of an answer that reported a success. */
  readonly data?: unknown;
  /** The rules of the description that were broken. */
  readonly violations?: readonly Violation[] | undefined;
  /** The JSON that every attempt sent, with its key. */
  readonly requestBody?: string | undefined;
  /** A digest that identifies the request body. */
  readonly requestDigest?: number | undefined;
  /** The cause. */
  readonly cause?: unknown;
  /** How to find out whether it was carried out, as an imperative. */
  readonly lookUp?: string | undefined;
}

/** A `DotsError` as JSON. `DotsError.from()` turns it back into an error. */
export interface DotsErrorJson extends Omit<ErrorFacts, "requestBody" | "data" | "lookUp" | "cause"> {
  /** The name of the class, such as `TimeoutError`. */
  readonly name: string;
  /** What happened, what it means for the money, and what to do. */
  readonly message: string;
}

// The package may be loaded more than once, as a module, as CommonJS or in a bundle. Its errors are the same everywhere.
const BRAND = Symbol.for("@dots-payouts/client/DotsError");

/**
 * What the client itself fails with. `instanceof` takes it for a `DotsError`, and for the class that `name` says, so that
 * a program loads the classes that it asks for, and no others.
 */
export class Failure extends Error {
  /** The name of the class, such as `TimeoutError`. */
  declare readonly name: string;
  /** The cause, such as a connection error. */
  declare readonly cause: unknown;
  /** What the failure means for the money. */
  declare readonly outcome: Outcome;
  /** The operation that was called; `undefined` if the client could not be created. */
  declare readonly operation: string | undefined;
  /** The key that every attempt sent. A call with the same key and body is carried out at most once. */
  declare readonly idempotencyKey: string | undefined;
  /** When the first request with the key was sent, as far as the client knows, as an ISO 8601 string. */
  declare readonly firstSentAt: string | undefined;
  /**
   * The account that the key was sent for: the server, a digest of the client ID, and whatever else limits the key's
   * scope.
   */
  declare readonly account: string | undefined;
  /** How many attempts this call made. */
  declare readonly attempts: number;
  /** The status of the last answer, if there was one. */
  declare readonly status: number | undefined;
  /** The ID that the server gave the last request, if any. */
  declare readonly requestId: string | undefined;
  /** How long the server asked to wait before another attempt, in milliseconds. */
  declare readonly retryAfter: number | undefined;
  /** The JSON that every attempt sent, with its key. Not enumerable, so that logs don't show it. */
  declare readonly requestBody: string | undefined;
  /** A digest that identifies the request body when the body itself is gone. */
  declare readonly requestDigest: number | undefined;

  /** @param what what happened, without a period */
  constructor(what: string, given: ErrorFacts) {
    const { cause, lookUp, requestBody, requestDigest, data, ...facts } = given;
    const { operation } = facts;
    super(
      `${operation ? `${operation}: ` : ""}${what}. ${adviceFor(given)}.`,
      cause === undefined ? undefined : { cause },
    );
    Object.assign(this, { attempts: 0, name: "DotsError" }, facts);
    // Logs show enumerable properties, and these may name people.
    Object.defineProperties(this, {
      [BRAND]: { value: true },
      requestBody: { value: requestBody },
      requestDigest: { value: requestDigest },
      data: { value: data },
    });
  }

  /**
   * The error without its stack, its cause and the `data` of an answer. It has a digest instead of the request body,
   * because bodies name people and this goes into logs.
   */
  toJSON(): DotsErrorJson {
    const { message, requestBody, requestDigest } = this;
    return {
      ...this,
      message,
      requestDigest: requestBody ? digestOf(parseJson(requestBody)) : requestDigest,
    };
  }
}

/**
 * Whether a value is an error of the client, whichever copy of the package made it.
 * @internal
 */
export function isFailure(value: unknown): value is Failure {
  return typeof value === "object" && value !== null && BRAND in value;
}

/**
 * A copy to pass to the caller's functions: changing it has no effect on the error.
 * @internal
 */
export function copyOf(error: Failure): Failure {
  const { message, stack } = error;
  return Object.assign(new Failure("", JSON.parse(JSON.stringify(error))), { message, stack });
}

function adviceFor({ name, outcome, idempotencyKey, firstSentAt, account, lookUp }: ErrorFacts): string {
  if (outcome !== "unknown") {
    const what = outcome === "rejected" ? "carried out" : "sent";
    return `Nothing was ${what}: fix the cause, or call again later`;
  }
  return `It may have been carried out: ${
    idempotencyKey && firstSentAt && account && name !== "ExpiredKeyError"
      ? `call again with { continue: error }, and its key ${idempotencyKey} keeps it from being done twice`
      : `${lookUp ?? "find out"} before you call again`
  }`;
}
