import {
  ApiError,
  BadRequestError,
  Dots,
  DotsError,
  isPayoutLinkStatusValue,
  type NewPayoutLink,
  type PayoutLink,
  type PayoutLinkStatusValue,
} from "@dots-payouts/client";
import { validation } from "@dots-payouts/client/validation";
import { isKnownEvent, verifyWebhook, webhookHandler } from "@dots-payouts/client/webhooks";

// Compiled, never run: what a program may rely on, by every compiler that is supported.
const dots = new Dots({ environment: "sandbox", validation: validation({ answers: true }) });
const request: NewPayoutLink = { amount: 1000, delivery: { method: "link" } };

export async function pay(): Promise<PayoutLink | undefined> {
  try {
    const { data, idempotencyKey, attempts } = await dots.payoutLinks.create(request).withResponse();
    const key: string | undefined = idempotencyKey;
    const count: number = attempts;
    console.log(key, count);
    if (isPayoutLinkStatusValue(data.status)) {
      const known: PayoutLinkStatusValue = data.status;
      console.log(known);
    }
    const { data: same } = await dots.http.POST("/v2/payout-links", { body: request });
    return same;
  } catch (error) {
    if (error instanceof BadRequestError) {
      const status: 400 = error.status;
      console.log(status, error.body?.message);
    }
    if (error instanceof ApiError) console.log(error.retryAfter?.toFixed());
    if (error instanceof DotsError && error.outcome === "unknown") console.log(error.idempotencyKey);
    return undefined;
  }
}

export const POST: (request: Request) => Promise<Response> = webhookHandler({
  secret: ["whsec_oooooooooooooooooooooooooooooooo", "whsec_nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"],
  onEvent: (event) => {
    if (isKnownEvent(event) && event.event === "payout_link.paid_out")
      console.log(event.body.withdrew_amount);
    // @ts-expect-error an event that is not known may have any body
    console.log(event.body.withdrew_amount.toFixed());
  },
});
const read = verifyWebhook(
  { "svix-id": ["m"], host: undefined },
  new Uint8Array(),
  "whsec_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
);
console.log(read.resource?.id.toUpperCase(), read.sentAt.toISOString());

// @ts-expect-error neither user nor payee
void dots.payouts.send({ amount: 1000 });
// @ts-expect-error a field that the API does not have
void dots.payoutLinks.create({ amount: 1000, idempotencyKey: "k" });
// @ts-expect-error an amount that is not a number
void dots.payoutLinks.create({ amount: "1000" });
const asked = { amount: 1000, user_id: "9b2d7f4e-62c1-4d0e-8a43-6f1f0f5c2a90" };
// @ts-expect-error the operation takes no key
void dots.payoutRequests.create(asked, { idempotencyKey: "k" });
