import { isObject, parseJson } from "../runtime/json.ts";
import { WebhookError } from "./webhook-error.ts";
import { describeEvent, type WebhookEvent } from "./webhook-event.ts";
import { readHeaders, type SignedHeaders, type WebhookHeaders } from "./webhook-headers.ts";
import { checksOf, type WebhookSecret } from "./webhook-secret.ts";

/** How far the sender's clock may differ from this one, in seconds. The value that the standard uses. */
const TOLERANCE = 300;

/**
 * Checks that a webhook comes from the API, and reads it. Do this before anything else: anybody can send a request to
 * your endpoint.
 *
 * @param headers of the request, as your server gives them
 * @param rawBody the body as received, not parsed: JSON that is serialized again is not what was signed
 * @param secret of the endpoint, or a list while you rotate it
 * @throws WebhookError whose `reason` says what is wrong, with the `status` to answer with
 * @example
 * ```ts
 * const event = verifyWebhook(request.headers, await request.text(), secret);
 * ```
 */
export function verifyWebhook(
  headers: WebhookHeaders,
  rawBody: string | Uint8Array | ArrayBuffer,
  secret: WebhookSecret,
): WebhookEvent {
  const checks = checksOf(secret);
  const signed = readHeaders(headers);
  const text = textOf(rawBody);
  if (!checks.some((check) => check(text, signed))) throw refusal(signed);
  const body = parseJson(text);
  if (!isObject(body)) throw new WebhookError("body", "The body of the webhook is not a JSON object.");
  return {
    deliveryId: signed.id,
    sentAt: new Date(Number(signed.timestamp) * 1000),
    ...describeEvent(body),
    body,
  };
}

function refusal({ timestamp }: SignedHeaders): WebhookError {
  const age = Math.floor(Date.now() / 1000) - Number(timestamp);
  if (Math.abs(age) <= TOLERANCE) {
    return new WebhookError(
      "signature",
      "The signature does not match: check that the secret is that of this endpoint, and that the body is the raw one.",
    );
  }
  const much = `${Math.abs(age)} seconds ${age > 0 ? "ago" : "ahead"}`;
  return new WebhookError(
    "timestamp",
    `The webhook was signed ${much}, and ${TOLERANCE} are allowed: it is an old one sent again, or a clock is wrong.`,
  );
}

function textOf(rawBody: string | Uint8Array | ArrayBuffer): string {
  if (typeof rawBody === "string") return rawBody;
  if (!ArrayBuffer.isView(rawBody) && !(rawBody instanceof ArrayBuffer)) {
    throw new WebhookError(
      "setup",
      "The raw body is needed, as a string or bytes. If your server parses JSON by itself, disable that for webhooks.",
    );
  }
  try {
    // A byte order mark was signed too.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(rawBody);
  } catch {
    throw new WebhookError("body", "The body of the webhook is not UTF-8.");
  }
}
