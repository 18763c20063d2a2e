import { isObject, type Json } from "@dots-payouts/openapi";
import type { Behavior } from "../reference/server.ts";
import { type Faults, fails, inside, refuses } from "./fault.ts";

const key = (sent: Json): string => {
  const value = inside(sent, "idempotency_key");
  return typeof value === "string" ? value : "";
};
const number = (value: Json | undefined): number => (typeof value === "number" ? value : 0);
const takesLength: Behavior = {
  reply: (reply, { request }) =>
    request.headers["content-length"] === undefined
      ? { status: 411, headers: {}, body: { message: "Say how long it is." } }
      : reply,
};
const exactType: Behavior = {
  reply: (reply, { request }) =>
    request.headers["content-type"] === "application/json"
      ? reply
      : { status: 415, headers: {}, body: { message: "application/json only." } },
};

const refusesText = (pattern: RegExp): Behavior => refuses((_, { raw }) => pattern.test(String(raw)));

/** Servers that refuse what the spec allows. */
export const acceptsFaults: Faults = {
  "refuses null for the idempotency key": refuses((sent) => sent["idempotency_key"] === null),
  "refuses null for the fee party": refuses((sent) => sent["payout_fee_party"] === null),
  "refuses one of the steps": refuses((sent) =>
    JSON.stringify(sent["additional_steps"] ?? []).includes("redirect"),
  ),
  "refuses one of the delivery methods": refuses((sent) => inside(sent, "delivery", "method") === "all"),
  "refuses unknown properties of the payee": refuses((sent) =>
    Object.keys(isObject(sent["payee"]) ? sent["payee"] : {}).some((name) => name.startsWith("contract")),
  ),
  "refuses a charset in the content type": exactType,
  "refuses a body in chunks": takesLength,
  "requires at least a dollar": refuses((sent) => number(sent["amount"]) < 100),
  "refuses an integer with a fraction": refusesText(/"amount":\d+\.0/),
  "refuses an integer with an exponent": refusesText(/"amount":\d+e/i),
  "refuses an empty list of steps": refuses((sent) => JSON.stringify(sent["additional_steps"]) === "[]"),
  "refuses an object as metadata": refuses((sent) => isObject(sent["metadata"])),
  "refuses a string as metadata": refuses((sent) => typeof sent["metadata"] === "string"),
  "refuses a step with settings": refuses((sent) =>
    JSON.stringify(sent["additional_steps"] ?? []).includes("{"),
  ),
  "accepts only flat metadata": refuses(
    (sent) => isObject(sent["metadata"]) && Object.values(sent["metadata"]).some(isObject),
  ),
  "refuses an empty memo": refuses((sent) => sent["memo"] === ""),
  "fails on an emoji": fails((sent) => /\p{Extended_Pictographic}/u.test(String(sent["memo"]))),
  "refuses a key in upper case": refuses((sent) => /[A-F]/.test(key(sent))),
  "accepts only keys of version 4": refuses((sent) => key(sent) !== "" && key(sent).charAt(14) !== "4"),
  "requires a phone for every payee": refuses(
    (sent) => isObject(sent["payee"]) && sent["payee"]["phone_number"] === undefined,
  ),
  "requires a user even with a payee": refuses(
    (sent, { operation }) => operation.id === "sendPayout" && sent["user_id"] === undefined,
  ),
  "requires a payee even with a user": refuses(
    (sent, { operation }) => operation.id === "createPayoutRequest" && sent["payee"] === undefined,
  ),
  "refuses a user together with a payee": refuses(
    (sent) => sent["user_id"] !== undefined && sent["payee"] !== undefined,
  ),
  "treats false as missing": refuses((sent) => sent["tax_exempt"] === false),
  "requires a memo": refuses((sent) => sent["memo"] === undefined),
  "refuses a repeated step": refuses((sent) => {
    const steps = Array.isArray(sent["additional_steps"]) ? sent["additional_steps"] : [];
    return new Set(steps).size < steps.length;
  }),
  "fails on two rare properties together": fails(
    (sent) => sent["tax_exempt"] === true && sent["payout_fee_party"] === null,
  ),
};
