import type { IncomingHttpHeaders } from "node:http";
import type { WebhookError } from "@dots-payouts/client/webhooks";
import { CannotRun } from "../errors/cannot-run.ts";
import { parseJson } from "../http/request.ts";
import type { Delivery } from "../suite/receiver.ts";
import type { Suite } from "../suite/suite.ts";
import { eventsFor } from "./events.ts";

/** Reads a delivery as soon as it comes: how old it may be is a matter of minutes. */
export type ReadDelivery = (headers: IncomingHttpHeaders, raw: Buffer) => Delivery;

/**
 * How deliveries are read that are signed with this secret.
 * @throws CannotRun if the text is no secret of an endpoint
 */
export async function deliveryReader(suite: Suite, secret: string): Promise<ReadDelivery> {
  // Only a run that listens needs the client: the suite checks descriptions too of which there can be none.
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
    throw new CannotRun("the secret of webhooks has to be whsec_ and base64 of 24 bytes or more after it");
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

/** What is wrong with a delivery, by the reasons of the client, whose receivers refuse it for the same. */
const PROBLEMS: Readonly<Record<WebhookError["reason"], string>> = {
  headers: "a delivery is not signed",
  timestamp: "a delivery says that it was signed more than 5 minutes ago or ahead",
  signature: "a delivery is signed with another secret, or for another body",
  body: "a delivery is signed, but its body is no JSON object",
  size: "a delivery is too long",
  time: "a delivery does not end",
  setup: "the signature of a delivery cannot be checked",
};
