import { isObject, parseJson } from "../runtime/json.ts";
import { isOutcome } from "../runtime/outcome.ts";
import type { Violation } from "../runtime/validate.ts";
import { type DotsErrorJson, type ErrorFacts, Failure, isFailure } from "./failure.ts";

/**
 * A failure of the client. Every promise and function of the client fails with a `DotsError`, and with nothing else.
 *
 * `instanceof` goes by `name`, and knows an error of the client from every copy of the package.
 */
export class DotsError extends Failure {
  /** The name of the class, which a minifier doesn't change. */
  static readonly kind: string = "DotsError";

  /** @param what what happened, without a period */
  constructor(what: string, facts: ErrorFacts) {
    super(what, { name: new.target.kind, ...facts });
  }

  /** Whether a value is an error of the client, from any copy of the package. */
  static is(value: unknown): value is DotsError {
    return isFailure(value);
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
