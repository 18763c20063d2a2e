import type { IncomingHttpHeaders } from "node:http";
import type { WebhookError } from "@dots-payouts/client/webhooks";
import { CannotRun } from "../errors/cannot-run.ts";
import { parseJson } from "../http/request.ts";
import type { Delivery } from "../suite/receiver.ts";
import type { Suite } from "../suite/suite.ts";
import { eventsFor } from "./events.ts";

/** Reads a delivery as soon as it arrives, because its age is limited to minutes. */
export type ReadDelivery = (headers: IncomingHttpHeaders, raw: Buffer) => Delivery;

/**
 * Reads deliveries that are signed with this secret.
 * @throws CannotRun if the string is not a valid endpoint secret
 */
export async function deliveryReader(suite: Suite, secret: string): Promise<ReadDelivery> {
  // Loaded on demand: the suite also checks descriptions for which no client can exist.
  const { verifyWebhook, WebhookError } = await import("@dots-payouts/client/webhooks");
  const check = (headers: IncomingHttpHeaders, raw: Buffer): string | WebhookError => {
    try {
      return verifyWebhook(headers, raw, secret).deliveryId;
    } catch (error) {
      if (error instanceof WebhookError) return error;
      throw error;
    }
  };
  const found = check({}, Buffer.alloc(0));
  // The secret itself is not shown.
  if (typeof found !== "string" && found.reason === "setup")
    throw new CannotRun("the webhook secret must be whsec_ followed by base64 of 24 bytes or more");
  return (headers, raw) => {
    const text = raw.toString("utf8");
    const body = parseJson(text);
    const events = body === undefined ? [] : eventsFor(suite, body);
    const came = { contentType: headers["content-type"] ?? "", text, body, events };
    const checked = check(headers, raw);
    return typeof checked === "string"
      ? { ...came, id: checked, problem: undefined }
      : { ...came, id: undefined, problem: PROBLEMS[checked.reason] };
  };
}

/** What is wrong with a delivery, by the reasons for which the client's receivers refuse it. */
const PROBLEMS: Readonly<Record<WebhookError["reason"], string>> = {
  headers: "a delivery is not signed",
  timestamp: "a delivery was signed more than 5 minutes ago or in the future",
  signature: "a delivery is signed with another secret, or for another body",
  body: "a delivery is signed, but its body is not a JSON object",
  size: "a delivery is too long",
  time: "a delivery never ends",
  setup: "the signature of a delivery cannot be checked",
};
