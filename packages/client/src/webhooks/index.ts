export type { EventBodies, ResourceKind } from "../generated/webhooks.ts";
export { verifyWebhook } from "./verify-webhook.ts";
export { WebhookError, type WebhookErrorReason } from "./webhook-error.ts";
export { isKnownEvent, type KnownWebhookEvent, type WebhookEvent } from "./webhook-event.ts";
export { type DeliveryStore, type WebhookHandlerOptions, webhookHandler } from "./webhook-handler.ts";
export type { WebhookHeaders } from "./webhook-headers.ts";
export type { WebhookSecret } from "./webhook-secret.ts";
