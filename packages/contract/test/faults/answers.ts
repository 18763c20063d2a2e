import { randomUUID } from "node:crypto";
import { isObject, type Json } from "@dots-payouts/openapi";
import type { Behavior, Reply } from "../reference/server.ts";
import { type Faults, makes, omit, replies, sentIn } from "./fault.ts";

const [ID, TIME] = ["6d1c9a7e-0f5b-4c38-bb1d-2a9f0e7c4d51", "2026-10-31T17:04:12Z"];
const creates = (change: Parameters<typeof replies>[1]): Behavior => replies("created", change);
const amount = (change: (cents: number) => Json): Behavior =>
  makes((resource) => ({ ...resource, amount: change(Number(resource["amount"])) }));
/** The body of a reply before it is serialized. */
const jsonOf = ({ body }: Reply): Json => (Buffer.isBuffer(body) ? body.toString() : body);
const text = (change: (json: string) => string): Behavior =>
  creates((reply) => ({ ...reply, body: Buffer.from(change(JSON.stringify(reply.body))) }));
const set = (name: string, value: (before: Json | undefined) => Json): Behavior =>
  makes((resource) =>
    resource[name] === undefined ? resource : { ...resource, [name]: value(resource[name]) },
  );

/** Stores a string of digits as a number. */
const leadingZeros = (name: string): Behavior =>
  makes((resource) => {
    const payee = resource["payee"];
    const digits = isObject(payee) ? payee[name] : undefined;
    return isObject(payee) && typeof digits === "string" && /^\d{1,15}$/.test(digits)
      ? { ...resource, payee: { ...payee, [name]: String(Number(digits)) } }
      : resource;
  });

/** Servers whose answers are not what the spec says. */
export const answersFaults: Faults = {
  "answers 200 for 201": creates((reply) => ({ ...reply, status: 200 })),
  "answers 203": creates((reply) => ({ ...reply, status: 203 })),
  "answers 204 without a body": creates((reply) => ({ ...reply, status: 204, body: Buffer.from("") })),
  "answers with a redirect": creates((reply) => ({ ...reply, status: 303, headers: { location: "/x" } })),
  "declares its answer as HTML": creates((reply) => ({ ...reply, headers: { "content-type": "text/html" } })),
  "declares its answer as text": creates((reply) => ({
    ...reply,
    headers: { "content-type": "text/plain" },
  })),
  "answers with half of the JSON": text((json) => json.slice(0, json.length / 2)),
  "answers with nothing": text(() => ""),
  "answers with JSON in a string": text((json) => JSON.stringify(json)),
  "answers with a byte order mark": text((json) => `\ufeff${json}`),
  "wraps its answer": creates((reply) => ({ ...reply, body: { data: jsonOf(reply) } })),
  "answers with a list": creates((reply) => ({ ...reply, body: [jsonOf(reply)] })),
  "leaves out the ID": makes((resource) => omit(resource, "id")),
  "leaves out the time": makes((resource) => omit(resource, "created")),
  "leaves out the status": makes((resource) => omit(resource, "status")),
  "leaves out the link": makes((resource) => omit(resource, "link")),
  "leaves out the amount": makes((resource) => omit(resource, "amount")),
  "returns null for a status": set("status", () => null),
  "returns the amount as a string": amount(String),
  "returns the amount in dollars": amount((cents) => cents / 100),
  "returns the amount in a single float": amount(Math.fround),
  "returns the amount of another request": amount((cents) => cents + 1),
  "returns an unknown status": set("status", () => "pending"),
  "returns statuses in upper case": set("status", (before) => String(before).toUpperCase()),
  "numbers its IDs": makes((resource, { made }) => ({ ...resource, id: String(made()) })),
  "gives every resource the same ID": set("id", () => ID),
  "gives every resource the same link": set("link", () => "https://links.example.com/1"),
  "gives every resource the same flow": set("flow_id", () => ID),
  "returns a link that is not a URL": set("link", () => "links.example.com/1"),
  "returns the same time for all": set("created", () => TIME),
  "returns the time with a zone of four digits": set("created", (before) =>
    String(before).replace("Z", "+0000"),
  ),
  "returns the time of another zone": set("created", () =>
    new Date(Date.now() - 5 * 3_600_000).toISOString(),
  ),
  "has a clock that is twelve minutes early": set("created", () =>
    new Date(Date.now() - 720_000).toISOString(),
  ),
  "has a clock that is twelve minutes late": set("created", () =>
    new Date(Date.now() + 720_000).toISOString(),
  ),
  "returns the time at which it was started": (() => {
    const started = new Date().toISOString();
    return set("created", () => started);
  })(),
  "returns the second in which it was started": (() => {
    const started = new Date().toISOString().replace(/\.\d+/, "");
    return set("created", () => started);
  })(),
  "returns the time with a space": set("created", (before) => String(before).replace("T", " ")),
  "returns a day that does not exist": set("created", (before) =>
    String(before).replace(/-\d\d-\d\dT/, "-02-30T"),
  ),
  "drops leading zeros of a phone number": leadingZeros("phone_number"),
  "drops leading zeros of a country code": leadingZeros("country_code"),
  "normalizes texts": set("memo", (before) => String(before).normalize("NFC")),
  "normalizes metadata": set("metadata", (before) => JSON.parse(JSON.stringify(before).normalize("NFC"))),
  "returns the time as a number": set("created", () => Date.now()),
  "returns the time in seconds": set("created", () => Math.floor(Date.now() / 1_000)),
  "forgets the payee": makes((resource) => omit(resource, "payee")),
  "forgets the metadata": makes((resource) => omit(resource, "metadata")),
  "forgets false": makes((resource) =>
    resource["tax_exempt"] === false ? omit(resource, "tax_exempt") : resource,
  ),
  "forgets the memo": makes((resource) => omit(resource, "memo")),
  "forgets the user": makes((resource) => omit(resource, "user")),
  "forgets how it delivers": makes((resource) => omit(resource, "delivery")),
  "returns another delivery method": set("delivery", () => ({ method: "email" })),
  "mixes country code and phone up": makes((resource) => {
    const payee = resource["payee"];
    if (!isObject(payee) || payee["country_code"] === undefined || payee["phone_number"] === undefined)
      return resource;
    return {
      ...resource,
      payee: { ...payee, country_code: payee["phone_number"], phone_number: payee["country_code"] },
    };
  }),
  "returns metadata as a string": set("metadata", (before) => JSON.stringify(before)),
  "drops null values in metadata": makes((resource) =>
    resource["metadata"] === undefined
      ? resource
      : {
          ...resource,
          metadata:
            JSON.parse(JSON.stringify(resource["metadata"]), (_, value) => value ?? undefined) ?? null,
        },
  ),
  "cuts long memos": set("memo", (before) => String(before).slice(0, 100)),
  "trims texts": set("memo", (before) => String(before).trim()),
  "escapes markup": set("memo", (before) => String(before).replaceAll("<", "&lt;")),
  "corrupts non-ASCII characters": set("memo", (before) =>
    Buffer.from(String(before), "latin1").toString("latin1"),
  ),
  "returns another user": makes((resource) =>
    resource["user"] === undefined ? resource : { ...resource, user: { id: randomUUID() } },
  ),
  "returns the payee of the previous request": (() => {
    let before: Json = { first_name: "Nobody" };
    return makes((resource, handling) => {
      const payee = sentIn(handling)["payee"];
      if (payee === undefined) return resource;
      const made = { ...resource, payee: before };
      before = payee;
      return made;
    });
  })(),
};
