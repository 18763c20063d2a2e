import type { Behaviour } from "../reference/server.ts";
import { type Faults, inside, overlooks, replies, sentIn } from "./fault.ts";

const at = (pointer: string, keyword?: string): Behaviour =>
  overlooks(
    (error) => error.instancePath === pointer && (keyword === undefined || error.keyword === keyword),
  );
/** Only accepts a value of the wrong kind at one place. */
const takes = (name: string, kind: (value: unknown) => boolean): Behaviour =>
  overlooks(
    (error) => error.instancePath === `/${name}`,
    (handling) => kind(sentIn(handling)[name]),
  );
const parses = (parse: (text: string) => string): Behaviour => ({ parse: (text) => JSON.parse(parse(text)) });
const type = (taken: string): Behaviour => ({
  takesType: (name) => name === "application/json" || name === taken,
});

/** Servers that accept what the spec does not allow, or refuse it differently than it says. */
export const refusesFaults: Faults = {
  "needs no amount": overlooks((error) => error.missing === "amount"),
  "takes an amount of zero": takes("amount", (value) => value === 0),
  "takes a negative amount": takes("amount", (value) => typeof value === "number" && value < 0),
  "takes an amount as text": takes("amount", (value) => typeof value === "string"),
  "takes a fraction of a cent": takes(
    "amount",
    (value) => typeof value === "number" && !Number.isInteger(value) && value > 0,
  ),
  "takes null for the amount": takes("amount", (value) => value === null),
  "takes true for the amount": takes("amount", (value) => value === true),
  "takes a list for the amount": takes("amount", Array.isArray),
  "takes any text as user ID": at("/user_id", "format"),
  "takes a user ID that is cut": overlooks(
    (error) => error.instancePath === "/user_id",
    (handling) => /^[0-9a-f-]{35}$/.test(String(sentIn(handling)["user_id"])),
  ),
  "takes null for the user ID": takes("user_id", (value) => value === null),
  "takes a text for the payee": takes("payee", (value) => typeof value === "string"),
  "takes null for the payee": takes("payee", (value) => value === null),
  "takes a list for the payee": takes("payee", Array.isArray),
  "needs no phone of a payee": overlooks((error) => error.missing === "phone_number"),
  "needs no country code of a payee": overlooks((error) => error.missing === "country_code"),
  "takes a number as country code": at("/payee/country_code"),
  "takes a number as phone number": at("/payee/phone_number"),
  "takes a number as first name": at("/payee/first_name"),
  "takes null for an e-mail address": at("/payee/email"),
  "takes any delivery method": at("/delivery/method", "enum"),
  "takes delivery methods in upper case": overlooks(
    (error) => error.instancePath === "/delivery/method",
    (handling) =>
      inside(handling.body, "delivery", "method") === "SMS" ||
      inside(handling.body, "delivery", "method") === "LINK",
  ),
  "sends an SMS to nobody": overlooks(
    (error) => error.missing === "payee",
    (handling) => inside(handling.body, "delivery", "method") === "sms",
  ),
  "sends an SMS without a country code": overlooks(
    (error) => error.missing === "country_code",
    (handling) => inside(handling.body, "delivery", "method") === "sms",
  ),
  "sends an e-mail to no address": overlooks((error) => error.missing === "email"),
  "sends an e-mail to nobody": overlooks(
    (error) => error.missing === "payee",
    (handling) => inside(handling.body, "delivery", "method") === "email",
  ),
  "takes any delivery message": at("/delivery/message"),
  "takes any fee party": at("/payout_fee_party", "enum"),
  "takes a text for the steps": takes("additional_steps", (value) => typeof value === "string"),
  "takes an object for the steps": takes(
    "additional_steps",
    (value) => typeof value === "object" && !Array.isArray(value),
  ),
  "takes any step": overlooks(
    (error) => /^\/additional_steps\/\d+$/.test(error.instancePath) && error.keyword === "enum",
  ),
  "looks at the first step only": overlooks((error) => /^\/additional_steps\/[1-9]/.test(error.instancePath)),
  "takes a text for a flag": takes("tax_exempt", (value) => typeof value === "string"),
  "takes 0 and 1 for a flag": takes(
    "force_collect_compliance_information",
    (value) => typeof value === "number",
  ),
  "takes null for a flag": takes("tax_exempt", (value) => value === null),
  "takes any text as key": at("/idempotency_key", "format"),
  "takes a number as key": takes("idempotency_key", (value) => typeof value === "number"),
  "takes a number as memo": takes("memo", (value) => typeof value === "number"),
  "takes null for the memo": takes("memo", (value) => value === null),
  "asks for nobody to pay": overlooks(
    (error) => error.schemaPath.includes("anyOf") && error.keyword === "required",
  ),
  "checks nothing at all": overlooks(() => true),
  "checks one operation in three": overlooks(
    () => true,
    ({ operation }) => operation.id !== "sendPayout",
  ),
  "takes a list of one body": { parse: (text) => (([first]) => first)([JSON.parse(text)].flat()) },
  "takes null for a body": parses((text) =>
    text === "null" ? '{"amount":1,"user_id":"9b2d7f4e-62c1-4d0e-8a43-6f1f0f5c2a90"}' : text,
  ),
  "takes an empty body for a request": parses((text) =>
    text.trim() === "" ? '{"amount":1,"user_id":"9b2d7f4e-62c1-4d0e-8a43-6f1f0f5c2a90"}' : text,
  ),
  "repairs a comma too many": parses((text) => text.replace(/,\s*}$/, "}")),
  "repairs JSON that is cut": parses((text) =>
    /[^}]$/.test(text) && text.startsWith("{") ? `${text}}` : text,
  ),
  "stops reading after the first value": parses((text) =>
    text.replace(/}[^}\]]$/, "}").replace(/}{.*$/, "}"),
  ),
  "reads single quotes": parses((text) => text.replaceAll("'", '"')),
  "reads comments": parses((text) => text.replace(/\/\*.*?\*\//g, "")),
  "reads NaN": parses((text) => text.replace("NaN", "0")),
  "takes JSON as plain text": type("text/plain"),
  "takes JSON as a form": type("application/x-www-form-urlencoded"),
  "takes JSON as XML": type("application/xml"),
  "takes any content type": { takesType: () => true },
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
  "refuses with a message that is no text": replies("refused", (reply) => ({
    ...reply,
    body: { message: ["no"] },
  })),
  "refuses with a list": replies("refused", (reply) => ({ ...reply, body: ["no"] })),
};
