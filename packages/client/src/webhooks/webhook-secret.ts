import { Webhook } from "standardwebhooks";
import { WebhookError } from "./webhook-error.ts";

/** The signing secret of an endpoint, `whsec_…`. While it is changed, both the old and the new one. */
export type WebhookSecret = string | readonly string[];

/** What checks signatures, one for each secret. @throws WebhookError where a secret cannot be one */
export function verifiers(secret: WebhookSecret): readonly Webhook[] {
  const secrets = [secret].flat();
  if (secrets.length === 0) throw unusable();
  return secrets.map((one) => {
    try {
      return new Webhook(one);
    } catch {
      // What was thrown is not passed on: it may tell of the secret.
      throw unusable();
    }
  });
}

function unusable(): WebhookError {
  return new WebhookError(
    "setup",
    "The secret of the webhook is missing, or is not whsec_ followed by base64. Copy it from the page of the endpoint.",
  );
}
