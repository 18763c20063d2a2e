import type { InvalidRequestError } from "../errors/dots-error.ts";
import { someHaveHeaders } from "../generated/operations.ts";
import type { KeyedCallOptions } from "../runtime/call-options.ts";
import { parseJson } from "../runtime/json.ts";
import type { Operation } from "../runtime/operation.ts";
import { NONE, ownProperties } from "../runtime/own-properties.ts";
import { readHeaders } from "../settings/headers.ts";
import { readLimits } from "../settings/limits.ts";
import { describe } from "../settings/redact.ts";
import type { Settings } from "../settings/settings.ts";
import { type Call, failure } from "./call.ts";
import { type KeyedRequest, outcomeSoFar, readKeyedRequest } from "./keyed-request.ts";
import { requireIntegers, writeBody } from "./request-body.ts";

/**
 * Makes a call of what a caller gave: its key, its bytes, its limits.
 * @param makePath makes the path from the template, where that takes more
 * @throws InvalidRequestError when it cannot be sent.
 */
export function prepareCall(
  settings: Settings,
  operation: Operation,
  given: KeyedCallOptions | undefined,
  givenBody: unknown,
  makePath?: () => string,
): Call {
  const { validation } = settings;
  const known: KeyedRequest = { key: undefined, outcome: "unknown" };
  let violations: InvalidRequestError["violations"];
  try {
    const options: KeyedCallOptions = given === undefined ? NONE : ownProperties(given);
    const { signal } = options;
    known.outcome = outcomeSoFar(operation, options, givenBody);
    const text = writeBody(givenBody);
    const body = text && parseJson(text);
    known.outcome = outcomeSoFar(operation, options, body);
    readKeyedRequest(operation, options, body, text, known);
    const checked = validation?.request(operation.id, known.content);
    if (checked?.problem) {
      violations = checked.violations;
      throw new Error(checked.problem);
    }
    requireIntegers(operation, body);
    if (signal && !(typeof signal.aborted === "boolean" && "addEventListener" in signal)) {
      throw new Error("signal is not an AbortSignal");
    }
    return {
      ...known,
      operation,
      attempts: 0,
      url: settings.baseUrl + (makePath?.() ?? operation.path),
      headers: readHeaders(
        someHaveHeaders ? { ...settings.headers, ...operation.headers } : settings.headers,
        options,
      ),
      limits: readLimits(settings.limits, options),
      signal,
      earlierBody: options.continue && known.body,
    };
  } catch (error) {
    throw failure({ ...known, operation, attempts: 0 }, "InvalidRequestError", describe(error), {
      violations,
      requestDigest: known.digest,
      // Where too little is known of the key, this error is not what to continue.
      lookUp: "fix the cause and continue that call",
    });
  }
}
