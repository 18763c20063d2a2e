import type { Call } from "../call/call.ts";
import type { BodyParts } from "./call-parts.ts";

/**
 * What protects is the key in the bytes that are sent, whatever was done to the body on the way.
 * @returns the call with the very bytes of the one that it continues
 * @throws InvalidRequestError when it is not there, or when the body is not that of the call which is continued.
 */
export function withProtectedBody([failure, isSameJson, parseJson, valueAt]: BodyParts, call: Call): Call {
  const { operation, key, body = "", earlierBody = body } = call;
  if (!operation.key) return call;
  const content = parseJson(body);
  const isKept = valueAt(content, operation.key) === key;
  if (isKept && (body === earlierBody || isSameJson(content, parseJson(earlierBody)))) {
    return { ...call, body: earlierBody };
  }
  throw failure(
    { ...call, body: earlierBody, ...(isKept && { outcome: "unknown" }) },
    "InvalidRequestError",
    isKept ? "the body differs from the one that was sent" : "the body lacks the idempotency key",
  );
}
