import { createHash } from "node:crypto";
import { isObject, type Json } from "@dots-payouts/openapi";

/** The namespace for the keys that the outbox derives (RFC 9562, section 6.6). */
const NAMESPACE = Buffer.from("6f0d1c7e5b0a4d6f8e3b9a2c41d7f5e0", "hex");

/** A UUID that is always the same for the same parts (version 5). */
export function deriveKey(parts: readonly (string | number)[]): string {
  const hash = createHash("sha1").update(NAMESPACE).update(JSON.stringify(parts)).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** A fingerprint of JSON, independent of key order. */
export function digestOf(value: Json): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(value)))
    .digest("hex")
    .slice(0, 32);
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  // A list of pairs: in an object, JavaScript would reorder names that look like numbers.
  const pairs = Object.keys(value)
    .sort()
    .map((name) => [name, sorted(value[name] ?? null)]);
  return { object: pairs };
}
