import { isObject } from "@dots-payouts/openapi";

/** Keywords that bundling changes, besides references to other files. */
const CHANGED = ["$anchor", "$dynamicAnchor", "$id", "discriminator", "externalValue"];

/** Whether a description certainly is one document already, so that bundling would change nothing. */
export function isBundled(description: unknown): boolean {
  return isObject(description) && isObject(description["components"]) && isWhole(description);
}

function isWhole(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isWhole);
  if (!isObject(value)) return true;
  const { $ref: reference } = value;
  if (typeof reference === "string" && !reference.startsWith("#/")) return false;
  return Object.keys(value).every((key) => !CHANGED.includes(key) && isWhole(value[key]));
}
