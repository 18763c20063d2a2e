import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isObject, type Json, type JsonObject, setAt } from "@dots-payouts/openapi";

const file = fileURLToPath(import.meta.resolve("@dots-payouts/spec/openapi.json"));

/** The spec, with the lists that the fake API has. */
export function testSpec(): JsonObject {
  let document: Json = JSON.parse(readFileSync(file, "utf8"));
  const set = (pointer: string, value: Json): void => {
    document = setAt(document, pointer, value);
  };
  const make = (path: string, kind: string): void => {
    const at = `/paths/${path.replaceAll("/", "~1")}/post`;
    set(`${at}/x-resource`, { kind, does: "create", id: "/id" });
  };
  const list = (path: string, kind: string): void => {
    set(`/paths/${path.replaceAll("/", "~1")}/get`, {
      operationId: `list${kind}`,
      "x-resource": {
        kind,
        does: "list",
        items: "/data",
        page: { limit: "limit", after: "starting_after", next: "/next" },
      },
      responses: { "200": { description: "A page." } },
    });
    set(`/paths/${`${path}/{id}`.replaceAll("/", "~1")}/get`, {
      operationId: `read${kind}`,
      "x-resource": { kind, does: "read", by: "id" },
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
      responses: { "200": { description: "One." } },
    });
  };
  make("/v2/payout-links", "payoutLink");
  make("/v2/payouts/send-payout", "payoutLink");
  make("/v2/payout-requests", "payoutRequest");
  list("/v2/payout-links", "payoutLink");
  list("/v2/payout-requests", "payoutRequest");
  if (!isObject(document)) throw new Error("the spec is no object");
  return document;
}
