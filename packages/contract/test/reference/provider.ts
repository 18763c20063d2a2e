import { randomUUID } from "node:crypto";
import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";
import type { Behavior, Handling } from "./server.ts";

/** A server that answers like the provider's printed examples: `null` for missing values, times without a zone. */
export const provider: Behavior = {
  make(made, { operation, body }) {
    const sent = isObject(body) ? body : {};
    const whole = operation.id === "createPayoutRequest" ? payoutRequest(made, sent) : payoutLink(made, sent);
    return { ...whole, created: String(made["created"]).replace("Z", "437") };
  },
  reply(reply, handling) {
    if (reply.status >= 400) {
      return { ...reply, body: { success: false, message: "Invalid input", error_code: "invalid-input" } };
    }
    return { ...reply, status: statusOf(reply.status, handling) };
  },
};

/** A new link is answered with 201, or with 202 if its money has to arrive first. */
function statusOf(status: number, { operation, kind, body }: Handling): number {
  if (operation.id !== "createPayoutLink" || (kind !== "created" && kind !== "replayed")) return status;
  return isObject(body) && body["funding_source"] === "ach" ? 202 : 201;
}

function payoutLink(made: JsonObject, sent: JsonObject): JsonObject {
  const delivery = isObject(made["delivery"]) ? made["delivery"] : {};
  return {
    ...filled(made, ["memo", "description", "metadata", "claimed_user_id"]),
    payee: filled(sent["payee"], ["first_name", "last_name", "email", "country_code", "phone_number"]),
    delivery: {
      ...filled(delivery, ["email", "country_code", "phone_number"]),
      method: delivery["method"] ?? "link",
    },
    accounting_data: filled(sent["accounting_data"], ["quickbooks_account_id"]),
    tax_exempt: made["tax_exempt"] ?? false,
    transfer_id: randomUUID(),
    status: sent["funding_source"] === "ach" ? "funds_pending" : "delivered",
  };
}

function payoutRequest(made: JsonObject, sent: JsonObject): JsonObject {
  return {
    ...filled(made, ["metadata", "memo", "payout-link"]),
    payee: filled(sent["payee"], ["country_code", "phone_number"]),
    user: made["user"] === undefined ? null : filled(made["user"], USER),
  };
}

const USER = [
  "first_name",
  "last_name",
  "email",
  "phone_number",
  "wallet",
  "compliance",
  "default_payout_method",
  "auto_payout_enabled",
  "metadata",
];

/** An object in which missing names are `null`. */
function filled(value: Json | undefined, names: readonly string[]): JsonObject {
  const there = isObject(value) ? value : {};
  return { ...Object.fromEntries(names.map((name) => [name, null])), ...there };
}
