import type { ErrorBody } from "../generated/types.ts";
import { digestOf, isObject, parseJson } from "../runtime/json.ts";
import { isOutcome, type Outcome } from "../runtime/outcome.ts";
import type { Violation } from "../runtime/validate.ts";

/** What is known of a failed call. */
export interface ErrorFacts {
  /** The name of the error's class. */
  readonly name?: string | undefined;
  /** What the failure means for the money. */
  readonly outcome: Outcome;
  /** The operation that was called. */
  readonly operation?: string | undefined;
  /** The key that every attempt sent. */
  readonly idempotencyKey?: string | undefined;
  /** When the first request with the key was sent: an ISO 8601 text. */
  readonly firstSentAt?: string | undefined;
  /** For which account the key was sent. */
  readonly account?: string | undefined;
  /** How many attempts the call made. */
  readonly attempts?: number | undefined;
  /** The status of the last answer. */
  readonly status?: number | undefined;
  /** The ID that the server gave the last request. */
  readonly requestId?: string | undefined;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
  /** The body of the answer, where it is an error of the API. */
  readonly body?: ErrorBody | undefined;
  /** The body of an answer that reported a success. */
  readonly data?: unknown;
  /** The rules of the description that were broken. */
  readonly violations?: readonly Violation[] | undefined;
  /** The JSON that every attempt sent, with its key. */
  readonly requestBody?: string | undefined;
  /** Tells the request body from others. */
  readonly requestDigest?: number | undefined;
  /** What led to it. */
  readonly cause?: unknown;
  /** How to find out whether it was carried out, as an imperative. */
  readonly lookUp?: string | undefined;
  /** What the message advises, in place of what the outcome alone does. */
  readonly advice?: string | undefined;
}

/** A `DotsError` as JSON. `DotsError.from()` makes an error of it again. */
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
 * A failure of the client. Every promise and function of the client fails with one of these, and with nothing else.
 *
 * The client itself makes errors of this class alone, and names them. `instanceof` goes by the name, so that a program
 * loads the classes that it asks for, and no others.
 */
export class DotsError extends Error {
  /** The name of the class, which a minifier leaves as it is. */
  static readonly kind: string = "DotsError";

  /** The name of the class, such as `TimeoutError`. */
  declare readonly name: string;
  /** What led to it, such as the error of the connection. */
  declare readonly cause: unknown;
  /** What the failure means for the money. */
  declare readonly outcome: Outcome;
  /** The operation that was called; `undefined` where the client was not yet made. */
  declare readonly operation: string | undefined;
  /** The key that every attempt sent. A call with the same key and body is carried out once at most. */
  declare readonly idempotencyKey: string | undefined;
  /** When the first request with the key was sent, as far as the client knows: an ISO 8601 text. */
  declare readonly firstSentAt: string | undefined;
  /** For which account the key was sent: the server, the client ID as a digest, and what else the key counts for. */
  declare readonly account: string | undefined;
  /** How many attempts this call made. */
  declare readonly attempts: number;
  /** The status of the last answer, where there was one. */
  declare readonly status: number | undefined;
  /** The ID that the server gave the last request, where it did. */
  declare readonly requestId: string | undefined;
  /** How long the server asked to wait before another attempt, in milliseconds. */
  declare readonly retryAfter: number | undefined;
  /** The JSON that every attempt sent, with its key. It is not enumerable, so that no log shows it. */
  declare readonly requestBody: string | undefined;
  /** Tells this request body from others, where the body itself is gone. */
  declare readonly requestDigest: number | undefined;

  /** @param what what happened, without a full stop */
  constructor(what: string, given: ErrorFacts) {
    const { cause, advice, lookUp, requestBody, requestDigest, data, ...facts } = given;
    const { operation } = facts;
    super(
      `${operation ? `${operation}: ` : ""}${what}. ${advice ?? adviceFor(given)}`,
      cause === undefined ? undefined : { cause },
    );
    Object.assign(this, { attempts: 0, name: new.target.kind }, facts);
    // Logs show what is enumerable, and these may name people.
    Object.defineProperties(this, {
      [BRAND]: { value: true },
      requestBody: { value: requestBody },
      requestDigest: { value: requestDigest },
      data: { value: data },
    });
  }

  /** Whether a value is an error of the client, whichever copy of the package made it. */
  static is(value: unknown): value is DotsError {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  /** `instanceof` knows an error of the client from every copy of the package. */
  static override readonly [Symbol.hasInstance]: (value: unknown) => boolean = isOfKind;

  /**
   * An error that was sent or stored as JSON. It can be gone on with (`continue`), also in another process.
   * @param json what `toJSON()` gave, or the text of it
   * @throws TypeError when it is something else
   */
  static from(json: unknown): DotsError {
    const saved = typeof json === "string" ? parseJson(json) : json;
    if (DotsError.is(saved)) return saved;
    if (!isSaved(saved)) throw new TypeError("this is not the JSON of a DotsError");
    const { message, ...facts } = saved;
    return Object.assign(new DotsError("", facts), { message });
  }

  /**
   * All that the error says, without its stack, its cause and the `data` of an answer. Of the request body it holds a
   * digest alone: a body names people, and this goes into logs.
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
 * A copy for a function of the caller: what it does to the copy changes nothing.
 * @internal
 */
export function copyError(error: DotsError): DotsError {
  return Object.assign(DotsError.from(JSON.stringify(error)), { stack: error.stack });
}

function isOfKind(this: { readonly kind: string; readonly kinds?: RegExp }, value: unknown): boolean {
  // A class that a program derives from one of these has no kind itself.
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
      ? `Call again with the same body and { continue: error }: it is carried out once at most by its key ${idempotencyKey}.`
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
  /** The answer, as it came. It is not enumerable, so that no log shows it. */
  declare readonly data: unknown;
  /** Every rule that the answer breaks. */
  declare readonly violations: readonly Violation[];
}
