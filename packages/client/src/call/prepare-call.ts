import type { InvalidRequestError } from "../errors/dots-error.ts";
import { someHaveHeaders } from "../generated/operations.ts";
import { CALL_OPTIONS, requireKnown } from "../options/option-names.ts";
import type { KeyedCallOptions } from "../runtime/call-options.ts";
import { parseJson } from "../runtime/json.ts";
import type { Operation } from "../runtime/operation.ts";
import { NONE, plainOptions } from "../runtime/own-properties.ts";
import { readHeaders } from "../settings/headers.ts";
import { readLimits } from "../settings/limits.ts";
import { describe } from "../settings/redact.ts";
import type { Settings } from "../settings/settings.ts";
import { type Call, failure } from "./call.ts";
import { type KeyedRequest, readKeyedRequest } from "./keyed-request.ts";
import { requireIntegers } from "./request-body.ts";

/**
 * Prepares a call from the caller's arguments: its key, its bytes, its limits.
 * @param makePath makes the path, if the template needs values
 * @param isByPath whether there may be options for openapi-fetch
 * @throws InvalidRequestError if it cannot be sent.
 */
export function prepareCall(
  settings: Settings,
  operation: Operation,
  given: KeyedCallOptions | undefined,
  givenBody: unknown,
  makePath?: () => string,
  isByPath?: boolean,
): Call {
  const { baseUrl, headers, limits, validation } = settings;
  const call: MutableCall = {
    operation,
    key: undefined,
    body: undefined,
    digest: undefined,
    outcome: "unknown",
    firstSentAt: undefined,
    sentAt: undefined,
    account: undefined,
    attempts: 0,
    url: baseUrl,
    headers,
    limits,
    signal: undefined,
    earlierBody: undefined,
    isBound: false,
  };
  let violations: InvalidRequestError["violations"];
  try {
    const options: KeyedCallOptions = given ? plainOptions(given) : NONE;
    const { signal } = options;
    const text = readKeyedRequest(operation, options, givenBody, call);
    // The option may have said that the key is not new.
    const { outcome } = call;
    if (operation.key) call.outcome = "unknown";
    requireKnown(options, CALL_OPTIONS, isByPath);
    call.outcome = outcome;
    const checked = validation?.request(operation.id, parseJson(call.body ?? ""));
    if (checked?.problem) {
      violations = checked.violations;
      throw new Error(checked.problem);
    }
    requireIntegers(operation, text);
    if (signal && !(typeof signal.aborted === "boolean" && "addEventListener" in signal)) {
      throw new Error("signal is not an AbortSignal");
    }
    call.signal = signal;
    call.url += makePath?.() ?? operation.path;
    call.headers = readHeaders(someHaveHeaders ? { ...headers, ...operation.headers } : headers, options);
    call.limits = readLimits(limits, options);
    call.earlierBody = options.continue && call.body;
    call.isBound = options.account !== undefined;
    if (call.firstSentAt) call.sentAt = performance.now() - Date.now() + call.firstSentAt;
    return call;
  } catch (error) {
    throw failure(call, "InvalidRequestError", describe(error), {
      violations,
      requestDigest: call.digest,
      // Where too little is known of the key, this error is not what to continue.
      lookUp: "fix the cause and continue that call",
    });
  }
}

type MutableCall = KeyedRequest & { -readonly [Name in keyof Call]: Call[Name] };
