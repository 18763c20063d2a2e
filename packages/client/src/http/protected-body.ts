import { type Call, factsOf } from "../call/call.ts";
import { DotsError } from "../errors/dots-error.ts";
import { isSameJson, parseJson, valueAt } from "../runtime/json.ts";

/**
 * Makes sure that the bytes to send contain the key, whatever middleware did to the body.
 * @returns the call, with exactly the bytes of the call that it continues
 * @throws InvalidRequestError if the key is missing, or if the body is not that of the continued call.
 */
export function withProtectedBody(call: Call): Call {
  const { operation, key, body = "", earlierBody = body } = call;
  if (!operation.key) return call;
  const content = parseJson(body);
  const isKept = valueAt(content, operation.key) === key;
  if (isKept && (body === earlierBody || isSameJson(content, parseJson(earlierBody)))) {
    return { ...call, body: earlierBody };
  }
  throw new DotsError(
    isKept ? "the body differs from the one that was sent" : "the body lacks the idempotency key",
    {
      ...factsOf({ ...call, body: earlierBody }),
      name: "InvalidRequestError",
      ...(isKept && { outcome: "unknown" }),
    },
  );
}
