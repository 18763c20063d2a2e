import type { Behavior } from "../reference/server.ts";
import { type Faults, inside, overlooks, replies, sentIn } from "./fault.ts";

const at = (pointer: string, keyword?: string): Behavior =>
  overlooks(
    (error) => error.instancePath === pointer && (keyword === undefined || error.keyword === keyword),
  );
/** Only accepts a value of the wrong kind at one place. */
const takes = (name: string, kind: (value: unknown) => boolean): Behavior =>
  overlooks(
    (error) => error.instancePath === `/${name}`,
    (handling) => kind(sentIn(handling)[name]),
  );
const parses = (parse: (text: string) => string): Behavior => ({ parse: (text) => JSON.parse(parse(text)) });
const type = (taken: string): Behavior => ({
  takesType: (name) => name === "application/json" || name === taken,
});

/** Servers that accept what the spec does not allow, or refuse it differently than it says. */
export const refusesFaults: Faults = {
  "does not require an amount": overlooks((error) => error.missing === "amount"),
  "accepts an amount of zero": takes("amount", (value) => value === 0),
  "accepts a negative amount": takes("amount", (value) => typeof value === "number" && value < 0),
  "accepts an amount as text": takes("amount", (value) => typeof value === "string"),
  "accepts a fraction of a cent": takes(
    "amount",
    (value) => typeof value === "number" && !Number.isInteger(value) && value > 0,
  ),
  "accepts null for the amount": takes("amount", (value) => value === null),
  "accepts true for the amount": takes("amount", (value) => value === true),
  "accepts a list for the amount": takes("amount", Array.isArray),
  "accepts any string as user ID": at("/user_id", "format"),
  "accepts a truncated user ID": overlooks(
    (error) => error.instancePath === "/user_id",
    (handling) => /^[0-9a-f-]{35}$/.test(String(sentIn(handling)["user_id"])),
  ),
  "accepts null for the user ID": takes("user_id", (value) => value === null),
  "accepts a text for the payee": takes("payee", (value) => typeof value === "string"),
  "accepts null for the payee": takes("payee", (value) => value === null),
  "accepts a list for the payee": takes("payee", Array.isArray),
  "does not require a payee's phone": overlooks((error) => error.missing === "phone_number"),
  "does not require a payee's country code": overlooks((error) => error.missing === "country_code"),
  "accepts a number as country code": at("/payee/country_code"),
  "accepts a number as phone number": at("/payee/phone_number"),
  "accepts a number as first name": at("/payee/first_name"),
  "accepts null for an email address": at("/payee/email"),
  "accepts any delivery method": at("/delivery/method", "enum"),
  "accepts delivery methods in upper case": overlooks(
    (error) => error.instancePath === "/delivery/method",
    (handling) =>
      inside(handling.body, "delivery", "method") === "SMS" ||
      inside(handling.body, "delivery", "method") === "LINK",
  ),
  "accepts an SMS without a recipient": overlooks(
    (error) => error.missing === "payee",
    (handling) => inside(handling.body, "delivery", "method") === "sms",
  ),
  "accepts an SMS without a country code": overlooks(
    (error) => error.missing === "country_code",
    (handling) => inside(handling.body, "delivery", "method") === "sms",
  ),
  "accepts an email without an address": overlooks((error) => error.missing === "email"),
  "accepts an email without a recipient": overlooks(
    (error) => error.missing === "payee",
    (handling) => inside(handling.body, "delivery", "method") === "email",
  ),
  "accepts any delivery message": at("/delivery/message"),
  "accepts any fee party": at("/payout_fee_party", "enum"),
  "accepts a text for the steps": takes("additional_steps", (value) => typeof value === "string"),
  "accepts an object for the steps": takes(
    "additional_steps",
    (value) => typeof value === "object" && !Array.isArray(value),
  ),
  "accepts any step": overlooks(
    (error) => /^\/additional_steps\/\d+$/.test(error.instancePath) && error.keyword === "enum",
  ),
  "only checks the first step": overlooks((error) => /^\/additional_steps\/[1-9]/.test(error.instancePath)),
  "accepts a text for a flag": takes("tax_exempt", (value) => typeof value === "string"),
  "accepts 0 and 1 for a flag": takes(
    "force_collect_compliance_information",
    (value) => typeof value === "number",
  ),
  "accepts null for a flag": takes("tax_exempt", (value) => value === null),
  "accepts any string as key": at("/idempotency_key", "format"),
  "accepts a number as key": takes("idempotency_key", (value) => typeof value === "number"),
  "accepts a number as memo": takes("memo", (value) => typeof value === "number"),
  "accepts null for the memo": takes("memo", (value) => value === null),
  "accepts a payout without a recipient": overlooks(
    (error) => error.schemaPath.includes("anyOf") && error.keyword === "required",
  ),
  "checks nothing": overlooks(() => true),
  "checks one operation in three": overlooks(
    () => true,
    ({ operation }) => operation.id !== "sendPayout",
  ),
  "accepts a list of one body": { parse: (text) => (([first]) => first)([JSON.parse(text)].flat()) },
  "accepts null for a body": parses((text) =>
    text === "null" ? '{"amount":1,"user_id":"9b2d7f4e-62c1-4d0e-8a43-6f1f0f5c2a90"}' : text,
  ),
  "accepts an empty body for a request": parses((text) =>
    text.trim() === "" ? '{"amount":1,"user_id":"9b2d7f4e-62c1-4d0e-8a43-6f1f0f5c2a90"}' : text,
  ),
  "repairs an extra comma": parses((text) => text.replace(/,\s*}$/, "}")),
  "repairs truncated JSON": parses((text) =>
    /[^}]$/.test(text) && text.startsWith("{") ? `${text}}` : text,
  ),
  "stops reading after the first value": parses((text) =>
    text.replace(/}[^}\]]$/, "}").replace(/}{.*$/, "}"),
  ),
  "reads single quotes": parses((text) => text.replaceAll("'", '"')),
  "reads comments": parses((text) => text.replace(/\/\*.*?\*\//g, "")),
  "reads NaN": parses((text) => text.replace("NaN", "0")),
  "accepts JSON as plain text": type("text/plain"),
  "accepts JSON as a form": type("application/x-www-form-urlencoded"),
  "accepts JSON as XML": type("application/xml"),
  "accepts any content type": { takesType: () => true },
  "refuses with 500": replies("refused", (reply) => ({ ...reply, status: 500 })),
  "refuses with 200 and a message": replies("refused", (reply) => ({ ...reply, status: 200 })),
  "refuses with a redirect": replies("refused", (reply) => ({
    ...reply,
    status: 302,
    headers: { location: "/error" },
  })),
  "refuses with 401": replies("refused", (reply) => ({ ...reply, status: 401 })),
  "refuses in HTML": replies("refused", (reply) => ({
    ...reply,
    headers: { "content-type": "text/html" },
    body: Buffer.from("<h1>Bad</h1>"),
  })),
  "refuses without a body": replies("refused", (reply) => ({ ...reply, body: Buffer.from("") })),
  "refuses without a message": replies("refused", (reply) => ({ ...reply, body: { error: "no" } })),
  "refuses with a message that is not a string": replies("refused", (reply) => ({
    ...reply,
    body: { message: ["no"] },
  })),
  "refuses with a list": replies("refused", (reply) => ({ ...reply, body: ["no"] })),
};
