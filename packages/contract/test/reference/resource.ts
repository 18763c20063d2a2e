import { randomUUID } from "node:crypto";
import { isObject, type Json, type JsonObject, type Operation } from "@dots-payouts/openapi";

/** The fields that a payout link returns as they were sent. */
const LINK_ECHOES = [
  "amount",
  "payee",
  "tax_exempt",
  "memo",
  "description",
  "metadata",
  "accounting_data",
  "funding_source",
];

/** The resource that a server creates for a request, with only the required fields. */
export function makeResource({ id }: Operation, body: Json): JsonObject {
  const sent = isObject(body) ? body : {};
  const base = { id: randomUUID(), created: new Date().toISOString() };
  if (id === "createPayoutRequest") {
    const user = sent["user_id"];
    return {
      ...base,
      status: "created",
      ...pick(sent, ["amount", "payee", "metadata", "memo"]),
      ...(user === undefined ? {} : { user: { id: user } }),
    };
  }
  const delivery = isObject(sent["delivery"]) ? sent["delivery"] : {};
  const method = delivery["method"];
  return {
    ...base,
    link: `https://links.example.com/${randomUUID()}`,
    status: id === "sendPayout" ? "created" : "sent",
    flow_id: randomUUID(),
    ...pick(sent, LINK_ECHOES),
    ...(method === undefined ? {} : { delivery: { method } }),
  };
}

/** Some of an object's fields, if they exist. */
export function pick(from: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name): [string, Json][] => {
      const value = from[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
