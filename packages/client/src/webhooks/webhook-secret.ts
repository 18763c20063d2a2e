import { Webhook } from "standardwebhooks";
import { WebhookError } from "./webhook-error.ts";
import type { SignedHeaders } from "./webhook-headers.ts";

/** The signing secret of an endpoint, `whsec_…`. While you rotate it, both the old and the new one. */
export type WebhookSecret = string | readonly string[];

/** Whether a body has a valid, recent signature. */
type Check = (body: string, signed: SignedHeaders) => boolean;

/**
 * A check for each secret. @throws WebhookError if a secret is not a valid one
 * @internal
 */
export function checksOf(secret: WebhookSecret): readonly Check[] {
  const secrets = [secret].flat();
  if (secrets.length === 0) throw unusable();
  return secrets.map(checkOf);
}

function checkOf(secret: string): Check {
  const webhook = open(secret);
  return (body, { id, timestamp, signature }) => {
    const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
    try {
      webhook.verify(body, headers, { jsonParse: false });
      return true;
    } catch {
      return false;
    }
  };
}

/** The standard requires base64 of 24 bytes or more. A placeholder, or `undefined` in a string, could be guessed. */
const SECRET = /^whsec_(?:[A-Za-z0-9+/]{4}){8,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function open(secret: string): Webhook {
  if (!SECRET.test(secret)) throw unusable();
  return new Webhook(secret);
}

function unusable(): WebhookError {
  return new WebhookError(
    "setup",
    "The secret of the webhook is missing, or is not whsec_ followed by base64 of 24 bytes or more. Copy it from the endpoint's page.",
  );
}
