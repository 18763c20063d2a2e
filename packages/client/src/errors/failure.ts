import type { ErrorBody } from "../generated/types.ts";
import { digestOf, parseJson } from "../runtime/json.ts";
import type { Outcome } from "../runtime/outcome.ts";
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
}

/** A `DotsError` as JSON. `DotsError.from()` makes an error of it again. */
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
    const { cause, lookUp, requestBody, requestDigest, data, ...facts } = given;
    const { operation } = facts;
    super(
      `${operation ? `${operation}: ` : ""}${what}. ${adviceFor(given)}.`,
      cause === undefined ? undefined : { cause },
    );
    Object.assign(this, { attempts: 0, name: "DotsError" }, facts);
    // Logs show what is enumerable, and these may name people.
    Object.defineProperties(this, {
      [BRAND]: { value: true },
      requestBody: { value: requestBody },
      requestDigest: { value: requestDigest },
      data: { value: data },
    });
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
 * Whether a value is an error of the client, whichever copy of the package made it.
 * @internal
 */
export function isFailure(value: unknown): value is Failure {
  return typeof value === "object" && value !== null && BRAND in value;
}

/**
 * A copy for a function of the caller: what it does to the copy changes nothing.
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
