import { randomUUID } from "node:crypto";
import type { Tamper } from "../reference/delivering.ts";
import { omit } from "./fault.ts";

const YEAR = 31_536_000;
const LINK = "payout_link.sent";

/** A fault of a server's deliveries, and the check that finds it. */
export interface WebhookFault {
  readonly check: string;
  readonly tamper: Tamper;
}

/** Faults of deliveries by description, worded to follow "a server that". */
export const webhooksFaults: Readonly<Record<string, WebhookFault>> = {
  "does not sign its deliveries": {
    check: "deliveries/webhooks/signed",
    tamper: (sent) => ({ ...sent, unsigned: true }),
  },
  "signs with another secret": {
    check: "deliveries/webhooks/signed",
    tamper: (sent) => ({ ...sent, secret: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD" }),
  },
  "signs with a time a year ago": {
    check: "deliveries/webhooks/signed",
    tamper: (sent) => ({ ...sent, time: sent.time - YEAR }),
  },
  "signs with a time in milliseconds": {
    check: "deliveries/webhooks/signed",
    tamper: (sent) => ({ ...sent, time: sent.time * 1_000 }),
  },
  "delivers something else than JSON": {
    check: "onPayoutLinkSent/webhooks/shape",
    tamper: (sent) => ({ ...sent, headers: { "content-type": "text/plain" } }),
  },
  "leaves the status out of the body": {
    check: "onPayoutLinkSent/webhooks/shape",
    tamper: (sent) => ({ ...sent, body: omit(sent.body, "status") }),
  },
  "delivers a state that the spec does not have": {
    check: "onPayoutLinkSent/webhooks/shape",
    tamper: (sent) => (sent.event === LINK ? { ...sent, body: { ...sent.body, status: "gone_out" } } : sent),
  },
  "delivers the ID of another resource": {
    check: "onPayoutLinkSent/webhooks/subject",
    tamper: (sent) => (sent.event === LINK ? { ...sent, body: { ...sent.body, id: randomUUID() } } : sent),
  },
  "delivers an ID that is not a string": {
    check: "onPayoutLinkUpdated/webhooks/shape",
    tamper: (sent) => (sent.event === LINK ? sent : { ...sent, body: { ...sent.body, payout_link_id: 7 } }),
  },
  "names an event that the spec does not have": {
    check: "deliveries/webhooks/known",
    tamper: (sent) => ({
      ...sent,
      body: { ...sent.body, event: "payout_link.gone_out" },
    }),
  },
  "reports a creation with another event": {
    check: "createPayoutLink/webhooks/fired",
    tamper: (sent) =>
      sent.event === LINK ? { ...sent, body: { ...sent.body, event: "payout_link.claimed" } } : sent,
  },
  "delivers nothing about a change": {
    check: "createPayoutLink/webhooks/fired",
    tamper: (sent) => (sent.event === LINK ? sent : undefined),
  },
  "changes the body of a repeat": {
    check: "deliveries/webhooks/repeated",
    tamper: (sent) => ({
      ...sent,
      body: { ...sent.body, memo: `attempt ${sent.attempt}` },
    }),
  },
  "repeats with another ID": {
    check: "deliveries/webhooks/repeated",
    tamper: (sent) => ({ ...sent, id: `${sent.id}${sent.attempt}` }),
  },
  "never repeats after 500": {
    check: "deliveries/webhooks/repeated",
    tamper: (sent) => (sent.attempt === 1 ? sent : undefined),
  },
};
