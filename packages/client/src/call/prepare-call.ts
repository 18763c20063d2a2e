import { DotsError, type InvalidRequestError } from "../errors/dots-error.ts";
import { someHaveHeaders } from "../generated/operations.ts";
import type { KeyedCallOptions } from "../runtime/call-options.ts";
import { parseJson } from "../runtime/json.ts";
import type { Operation } from "../runtime/operation.ts";
import { NONE, ownProperties } from "../runtime/own-properties.ts";
import { readHeaders } from "../settings/headers.ts";
import { readLimits } from "../settings/limits.ts";
import { describe } from "../settings/redact.ts";
import type { Settings } from "../settings/settings.ts";
import { type Call, factsOf } from "./call.ts";
import { type KeyedRequest, outcomeSoFar, readKeyedRequest } from "./keyed-request.ts";
import { requireIntegers, writeBody } from "./request-body.ts";

/**
 * Prepares a call from the caller's arguments: its key, its bytes, its limits.
 * @param makePath makes the path, if the template needs values
 * @throws InvalidRequestError if it cannot be sent.
 */
export function prepareCall(
  settings: Settings,
  operation: Operation,
  given: KeyedCallOptions | undefined,
  givenBody: unknown,
  makePath?: () => string,
): Call {
  const options: KeyedCallOptions = given === undefined ? NONE : ownProperties(given);
  let known: KeyedRequest = { outcome: "unknown" };
  let violations: InvalidRequestError["violations"];
  try {
    known = { outcome: outcomeSoFar(operation, options, givenBody) };
    const text = writeBody(givenBody);
    const content = text && parseJson(text);
    known = { outcome: outcomeSoFar(operation, options, content) };
    known = readKeyedRequest(operation, options, content, text);
    const broken = settings.validation?.request(operation.id, known.content);
    if (broken?.length) {
      violations = broken;
      throw new Error(`the request breaks rules: ${settings.validation?.list(broken)}`);
    }
    requireIntegers(operation, content);
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
      signal: readSignal(options.signal),
      earlierBody: options.continue && known.body,
    };
  } catch (error) {
    throw new DotsError(describe(error), {
      ...factsOf({ ...known, operation, attempts: 0 }),
      name: "InvalidRequestError",
      violations,
      // Nothing is known about the key yet, so this error can't be continued.
      advice:
        operation.key && known.outcome === "unknown" && known.key === undefined
          ? "If the key was used before, it may have been carried out: fix the cause, then continue that call."
          : undefined,
    });
  }
}

function readSignal(signal: KeyedCallOptions["signal"]): KeyedCallOptions["signal"] {
  if (signal == null || typeof signal.aborted === "boolean") return signal;
  throw new Error("signal is not an AbortSignal");
}
