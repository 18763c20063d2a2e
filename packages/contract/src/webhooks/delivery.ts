import type { IncomingHttpHeaders } from "node:http";
import { verifyWebhook, WebhookError } from "@dots-payouts/client/webhooks";
import type { Event, Json } from "@dots-payouts/openapi";
import { CannotRun } from "../errors/cannot-run.ts";
import { parseJson } from "../http/request.ts";
import type { Suite } from "../suite/suite.ts";
import { eventsFor } from "./events.ts";

/** One delivery of an event, as it came. */
export interface Delivery {
  /** The ID of the delivery; `undefined` where it was not signed as it has to be. */
  readonly id: string | undefined;
  /** Why a receiver has to refuse it; `undefined` where it need not. */
  readonly problem: string | undefined;
  readonly contentType: string;
  readonly text: string;
  /** `undefined` where the body is no JSON. */
  readonly body: Json | undefined;
  /** The events that the body can be about: the one that it names, or all that it fits. */
  readonly events: readonly Event[];
}

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
