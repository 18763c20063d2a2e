import { getAt, isObject, type Json } from "@dots-payouts/openapi";

/** The text at a pointer into something that the API sent. */
export function textAt(value: unknown, pointer: string | undefined): string | undefined {
  if (pointer === undefined || !isJson(value)) return undefined;
  const found = getAt(value, pointer);
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** What is at a pointer into something that the API sent. */
export function partAt(value: unknown, pointer: string): unknown {
  return isJson(value) ? getAt(value, pointer) : undefined;
}

/** Whether a value can be walked through: what came from the API was JSON. */
export function isJson(value: unknown): value is Json {
  return value === null || Array.isArray(value) || isObject(value) || typeof value !== "object";
}
