import { type Call, factsOf } from "../call/call.ts";
import { DotsError } from "../errors/dots-error.ts";
import { isSameJson, parseJson, valueAt } from "../runtime/json.ts";

/**
 * What protects is the key in the bytes that are sent, whatever was done to the body on the way.
 * @returns the call with the very bytes of the one that it continues
 * @throws InvalidRequestError when it is not there, or when the body is not that of the call which is continued.
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
