import type { ErrorBody } from "../generated/types.ts";
import { digestOf, isObject, parseJson } from "../runtime/json.ts";
import { isOutcome, type Outcome } from "../runtime/outcome.ts";
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
  /** Replaces the advice that the message gives for the outcome. */
  readonly advice?: string | undefined;
}

/** A `DotsError` as JSON. `DotsError.from()` turns it back into an error. */
export interface DotsErrorJson
  extends Omit<ErrorFacts, "requestBody" | "data" | "advice" | "lookUp" | "cause"> {
  /** The name of the class, such as `TimeoutError`. */
  readonly name: string;
  /** What happened, what it means for the money, and what to do. */
  readonly message: string;
}

// The package may be loaded more than once, as a module, as CommonJS or in a bundle. Its errors are the same everywhere.
const BRAND = Symbol.for("@dots-payouts/client/DotsError");

/**
 * A failure of the client. Every promise and function of the client fails with a `DotsError`, and with nothing else.
 *
 * The client only creates errors of this class, with a `name`. `instanceof` checks the name, so a program loads only
 * the error classes that it imports.
 */
export class DotsError extends Error {
  /** The name of the class, which a minifier doesn't change. */
  static readonly kind: string = "DotsError";

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
    const { cause, advice, lookUp, requestBody, requestDigest, data, ...facts } = given;
    const { operation } = facts;
    super(
      `${operation ? `${operation}: ` : ""}${what}. ${advice ?? adviceFor(given)}`,
      cause === undefined ? undefined : { cause },
    );
    Object.assign(this, { attempts: 0, name: new.target.kind }, facts);
    // Logs show enumerable properties, and these may name people.
    Object.defineProperties(this, {
      [BRAND]: { value: true },
      requestBody: { value: requestBody },
      requestDigest: { value: requestDigest },
      data: { value: data },
    });
  }

  /** Whether a value is an error of the client, from any copy of the package. */
  static is(value: unknown): value is DotsError {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  /** Makes `instanceof` work across copies of the package. */
  static override readonly [Symbol.hasInstance]: (value: unknown) => boolean = isOfKind;

  /**
   * Restores an error that was sent or stored as JSON. Its call can be continued (`continue`), also in another process.
   * @param json what `toJSON()` returned, or its JSON text
   * @throws TypeError if it is something else
   */
  static from(json: unknown): DotsError {
    const saved = typeof json === "string" ? parseJson(json) : json;
    if (DotsError.is(saved)) return saved;
    if (!isSaved(saved)) throw new TypeError("this is not the JSON of a DotsError");
    const { message, ...facts } = saved;
    return Object.assign(new DotsError("", facts), { message });
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
 * A copy to pass to the caller's functions: changing it has no effect on the error.
 * @internal
 */
export function copyError(error: DotsError): DotsError {
  return Object.assign(DotsError.from(JSON.stringify(error)), { stack: error.stack });
}

function isOfKind(this: { readonly kind: string; readonly kinds?: RegExp }, value: unknown): boolean {
  // A subclass that a program defines has no own `kind`.
  if (!Object.hasOwn(this, "kind")) return Function.prototype[Symbol.hasInstance].call(this, value);
  const { kind, kinds } = this;
  return (
    DotsError.is(value) &&
    (kind === "DotsError" || kind === value.name || (kind === "ApiError" && kinds?.test(value.name) === true))
  );
}

function isSaved(value: unknown): value is DotsErrorJson {
  return isObject(value) && typeof value["message"] === "string" && isOutcome(value["outcome"]);
}

function adviceFor({ outcome, idempotencyKey, status = 500, lookUp }: ErrorFacts): string {
  if (outcome === "not_sent") return "Nothing was sent: fix the cause, then call again.";
  if (outcome === "rejected") return `Nothing was carried out: ${cureOf(status)}.`;
  return `It may have been carried out. ${
    idempotencyKey
      ? `Call again with the same body and { continue: error }: with its key ${idempotencyKey} it is carried out at most once.`
      : `It has no idempotency key: ${lookUp ? `${lookUp} before you call again` : "another call may do it again"}.`
  }`;
}

function cureOf(status: number): string {
  if (status === 401) return "check clientId and apiKey";
  if (status === 404) return "check the ID and baseUrl";
  return `${status < 500 ? "change the request, or " : ""}call again later`;
}

/** The caller's `signal` ended the call. `cause` is its reason. */
export class AbortError extends DotsError {
  static override readonly kind = "AbortError";
  declare readonly name: "AbortError";
}

/** The client was set up in a way that cannot work, or a function that it was given failed. */
export class ConfigurationError extends DotsError {
  static override readonly kind = "ConfigurationError";
  declare readonly name: "ConfigurationError";
}

/** No connection came about (`outcome` is then `not_sent`), or it broke before there was an answer (`unknown`). */
export class ConnectionError extends DotsError {
  static override readonly kind = "ConnectionError";
  declare readonly name: "ConnectionError";
}

/** The call, its attempts and the waits between them would have taken longer than `deadline`. */
export class DeadlineError extends DotsError {
  static override readonly kind = "DeadlineError";
  declare readonly name: "DeadlineError";
}

/** The idempotency key no longer protects, or its age cannot be told. Nothing was sent by this attempt. */
export class ExpiredKeyError extends DotsError {
  static override readonly kind = "ExpiredKeyError";
  declare readonly name: "ExpiredKeyError";
}

/** An attempt took longer than `timeout`. */
export class TimeoutError extends DotsError {
  static override readonly kind = "TimeoutError";
  declare readonly name: "TimeoutError";
}

/** The request cannot be sent as it is. */
export class InvalidRequestError extends DotsError {
  static override readonly kind = "InvalidRequestError";
  declare readonly name: "InvalidRequestError";
  /** Every rule that the body breaks, where validation is on. */
  declare readonly violations: readonly Violation[] | undefined;
}

/** The API reported a success, but its answer is not what was promised: it lacks even the ID. */
export class UnreadableAnswerError extends DotsError {
  static override readonly kind = "UnreadableAnswerError";
  declare readonly name: "UnreadableAnswerError";
}

/** The API reported a success that breaks rules of the description, where `validation({ answers: "throw" })` is set. */
export class InvalidAnswerError extends DotsError {
  static override readonly kind = "InvalidAnswerError";
  declare readonly name: "InvalidAnswerError";
  /** The answer, as it came. Not enumerable, so that logs don't show it. */
  declare readonly data: unknown;
  /** Every rule that the answer breaks. */
  declare readonly violations: readonly Violation[];
}
