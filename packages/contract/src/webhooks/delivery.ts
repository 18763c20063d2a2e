import type { IncomingHttpHeaders } from "node:http";
import { verifyWebhook, WebhookError } from "@dots-payouts/client/webhooks";
import { CannotRun } from "../errors/cannot-run.ts";
import { parseJson } from "../http/request.ts";
import type { Delivery } from "../suite/receiver.ts";
import type { Suite } from "../suite/suite.ts";
import { eventsFor } from "./events.ts";

/** Reads a delivery as soon as it comes: how old it may be is a matter of minutes. */
export function readDelivery(
  suite: Suite,
  headers: IncomingHttpHeaders,
  raw: Buffer,
  secret: string,
): Delivery {
  const text = raw.toString("utf8");
  const body = parseJson(text);
  const events = body === undefined ? [] : eventsFor(suite, body);
  const came = { contentType: headers["content-type"] ?? "", text, body, events };
  try {
    return { ...came, id: verifyWebhook(headers, raw, secret).deliveryId, problem: undefined };
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error;
    return { ...came, id: undefined, problem: PROBLEMS[error.reason] };
  }
}

/** What is wrong with a delivery, by the reasons of the client, whose receivers refuse it for the same. */
const PROBLEMS: Readonly<Record<WebhookError["reason"], string>> = {
  headers: "a delivery is not signed",
  timestamp: "a delivery says that it was signed more than 5 minutes ago or ahead",
  signature: "a delivery is signed with another secret, or for another body",
  body: "a delivery is signed, but its body is no JSON object",
  size: "a delivery is too long",
  setup: "the signature of a delivery cannot be checked",
};

/** @throws CannotRun when a text is no secret of an endpoint */
export function requireSecret(secret: string): void {
  try {
    verifyWebhook({}, "", secret);
  } catch (error) {
    // The secret itself is not shown.
    if (error instanceof WebhookError && error.reason === "setup")
      throw new CannotRun("the secret of webhooks has to be whsec_ and base64 after it");
  }
}
