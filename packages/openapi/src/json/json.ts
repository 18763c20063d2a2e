/** Any value that JSON can express. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** An object that JSON can express. */
export interface JsonObject {
  /** Any property. */
  [key: string]: Json;
}

/** Whether a value is an object with keys: not `null`, not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
