import { ConfigurationError, DotsError, InvalidRequestError } from "../errors/dots-error.ts";
import { someHaveHeaders } from "../generated/operations.ts";
import type { KeyedCallOptions } from "../runtime/call-options.ts";
import type { Operation } from "../runtime/operation.ts";
import { readHeaders } from "../settings/headers.ts";
import { type Limits, readLimits } from "../settings/limits.ts";
import { describe } from "../settings/redact.ts";
import type { Settings } from "../settings/settings.ts";
import { listViolations } from "../validation/types.ts";
import { withKey } from "./idempotency-key.ts";
import type { OutgoingRequest } from "./send-request.ts";

/** A call whose request is ready to be sent. */
export interface PreparedCall extends OutgoingRequest {
  /** What the body was made of. */
  readonly content: unknown;
  readonly limits: Limits;
  readonly signal: AbortSignal | null | undefined;
}

/**
 * Makes a request of what a caller gave: its key, its bytes, its limits.
 * @param makePath makes the path from the template, where that takes more
 * @throws InvalidRequestError when it cannot be sent.
 */
export function prepareCall(
  settings: Settings,
  operation: Operation,
  options: KeyedCallOptions,
  given: unknown,
  makePath?: () => string,
): PreparedCall {
  let key = options.idempotencyKey;
  const refuse = (what: string, violations?: InvalidRequestError["violations"]): InvalidRequestError =>
    new InvalidRequestError(what, {
      outcome: "not_sent",
      operation: operation.id,
      idempotencyKey: key,
      violations,
    });
  try {
    const keyed = withKey(operation, given, key);
    key = keyed.key;
    const violations = settings.validation?.request(operation.id, keyed.body) ?? [];
    if (violations.length > 0)
      throw refuse(`the request breaks rules: ${listViolations(violations)}`, violations);
    return {
      operation,
      key,
      url: settings.baseUrl + (makePath?.() ?? operation.path),
      headers: readHeaders(
        someHaveHeaders ? { ...settings.headers, ...operation.headers } : settings.headers,
        options.headers,
      ),
      content: keyed.body,
      body: JSON.stringify(keyed.body),
      limits: readLimits(settings.limits, options),
      signal: options.signal,
    };
  } catch (error) {
    throw error instanceof InvalidRequestError ? error : refuse(describe(error));
  }
}

/**
 * The failure of a call in which a function of the caller threw, or gave something that it should not.
 * @param attempts 0 if that was before the request was sent
 */
export function toDotsError(error: unknown, { operation, key }: PreparedCall, attempts: number): DotsError {
  if (error instanceof DotsError) return error;
  return new ConfigurationError(describe(error), {
    outcome: attempts > 0 ? "unknown" : "not_sent",
    operation: operation.id,
    idempotencyKey: key,
    attempts,
  });
}
