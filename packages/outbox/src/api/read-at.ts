import { getAt, isObject, type Json } from "@dots-payouts/openapi";
import { storableName } from "../storable.ts";

const ZONE = /(Z|[+-]\d\d:?\d\d)$/i;

/** The string at a pointer into an object from the API, adapted so that every store can keep it. */
export function textAt(value: unknown, pointer: string | undefined): string | undefined {
  const text = exactTextAt(value, pointer);
  return text === undefined ? undefined : storableName(text);
}

/** The same string unchanged, to be sent back to the API. */
export function exactTextAt(value: unknown, pointer: string | undefined): string | undefined {
  if (pointer === undefined || !isJson(value)) return undefined;
  const found = getAt(value, pointer);
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** The value at a pointer into an object from the API. */
export function partAt(value: unknown, pointer: string): unknown {
  return isJson(value) ? getAt(value, pointer) : undefined;
}

/** Whether a value can be traversed: what comes from the API is JSON. */
export function isJson(value: unknown): value is Json {
  return value === null || Array.isArray(value) || isObject(value) || typeof value !== "object";
}

/** The time at a pointer, in milliseconds since the epoch; `undefined` if it has no zone. */
export function zonedTimeAt(value: unknown, pointer: string | undefined): number | undefined {
  const text = textAt(value, pointer);
  if (text === undefined || !ZONE.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** A time from the API. Without a zone it counts as UTC: the look-back period covers the doubt. */
export function roughTimeAt(value: unknown, pointer: string | undefined): number {
  const text = textAt(value, pointer);
  if (text === undefined) return Number.NaN;
  return Date.parse(ZONE.test(text) ? text : `${text}Z`);
}
