import type { Call } from "../call/call.ts";
import type { BodyParts } from "./call-parts.ts";

/**
 * Makes sure that the bytes to send contain the key, whatever middleware did to the body.
 * @returns the call, with exactly the bytes of the call that it continues
 * @throws InvalidRequestError if the key is missing, or if the body is not that of the continued call.
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
