import { ConfigurationError, DotsError, type ErrorFacts, InvalidRequestError } from "../errors/dots-error.ts";
import { someHaveHeaders } from "../generated/operations.ts";
import type { KeyedCallOptions } from "../runtime/call-options.ts";
import { parseJson } from "../runtime/json.ts";
import type { Operation } from "../runtime/operation.ts";
import type { Outcome } from "../runtime/outcome.ts";
import { ownProperties } from "../runtime/own-properties.ts";
import { readHeaders } from "../settings/headers.ts";
import { type Limits, readLimits } from "../settings/limits.ts";
import { describe } from "../settings/redact.ts";
import type { Settings } from "../settings/settings.ts";
import { listViolations } from "../validation/types.ts";
import { outcomeSoFar, readKeyedRequest } from "./keyed-request.ts";
import { requireIntegers, writeBody } from "./request-body.ts";
import type { OutgoingRequest } from "./send-request.ts";

/** A call whose request is ready to be sent. Nothing in it changes when the caller's objects do. */
export interface PreparedCall extends OutgoingRequest {
  /** The body as a JSON value. */
  readonly content: unknown;
  readonly limits: Limits;
  readonly signal: AbortSignal | null | undefined;
  /** What earlier requests with the idempotency key came to. */
  readonly outcome: Outcome;
  /** When the first of them was sent, in milliseconds since the epoch. */
  readonly firstSentAt: number | undefined;
  /** The body that an earlier call sent, where this call continues it. */
  readonly earlierBody: string | undefined;
}

const NO_OPTIONS: KeyedCallOptions = ownProperties({});

/**
 * Makes a request of what a caller gave: its key, its bytes, its limits.
 * @param makePath makes the path from the template, where that takes more
 * @throws InvalidRequestError when it cannot be sent.
 */
export function prepareCall(
  settings: Settings,
  operation: Operation,
  given: KeyedCallOptions | undefined,
  givenBody: unknown,
  makePath?: () => string,
): PreparedCall {
  const options = given ? ownProperties(given) : NO_OPTIONS;
  let facts: ErrorFacts = { outcome: "unknown", operation: operation.id };
  try {
    facts = { ...facts, outcome: outcomeSoFar(operation, options, givenBody) };
    const text = writeBody(givenBody);
    const content = text === undefined ? undefined : parseJson(text);
    facts = { ...facts, outcome: outcomeSoFar(operation, options, content) };
    const request = readKeyedRequest(operation, options, content, text);
    const { key, outcome, firstSentAt } = request;
    facts = { ...facts, outcome, idempotencyKey: key, firstSentAt: isoTime(firstSentAt) };
    const violations = settings.validation?.request(operation.id, request.body) ?? [];
    if (violations.length > 0) {
      facts = { ...facts, violations };
      throw new Error(`the request breaks rules: ${listViolations(violations)}`);
    }
    requireIntegers(operation, content);
    return {
      operation,
      key,
      url: settings.baseUrl + (makePath?.() ?? operation.path),
      headers: readHeaders(
        someHaveHeaders ? { ...settings.headers, ...operation.headers } : settings.headers,
        options.headers,
      ),
      content: request.body,
      body: request.text,
      limits: readLimits(settings.limits, options),
      signal: readSignal(options.signal),
      outcome,
      firstSentAt,
      earlierBody: options.continue === undefined ? undefined : request.text,
    };
  } catch (error) {
    throw new InvalidRequestError(describe(error), facts);
  }
}

function readSignal(signal: KeyedCallOptions["signal"]): KeyedCallOptions["signal"] {
  if (
    signal == null ||
    (typeof signal.aborted === "boolean" && typeof signal.addEventListener === "function")
  ) {
    return signal;
  }
  throw new Error("signal is not an AbortSignal; that of an AbortController is its property signal");
}

/** A time as errors and results say it. */
export function isoTime(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
}

/**
 * The failure of a call in which a function of the caller threw, or gave something that it should not.
 * @param attempts 0 if that was before the request was sent
 */
export function toDotsError(
  error: unknown,
  { operation, key, body, outcome, firstSentAt }: PreparedCall,
  attempts: number,
): DotsError {
  if (DotsError.is(error)) return error;
  return new ConfigurationError(describe(error), {
    outcome: attempts > 0 ? "unknown" : outcome,
    operation: operation.id,
    idempotencyKey: key,
    firstSentAt: isoTime(firstSentAt),
    requestBody: body,
    attempts,
  });
}
