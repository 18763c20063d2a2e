import type { Json, JsonObject } from "@dots-payouts/openapi";

/** An object with each of its values changed: the same object where none of them is. */
export function withValues(node: JsonObject, change: (value: Json, key: string) => Json): JsonObject {
  const entries = Object.entries(node);
  const after = entries.map(([key, value]): [string, Json] => [key, change(value, key)]);
  return after.every(([, value], index) => value === entries[index]?.[1]) ? node : Object.fromEntries(after);
}

/** A list with each of its items changed: the same list where none of them is. */
export function withItems(list: Json[], change: (item: Json, index: number) => Json): Json[] {
  const after = list.map(change);
  return after.every((item, index) => item === list[index]) ? list : after;
}
