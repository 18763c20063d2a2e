import { getAt, isObject, type Json } from "@dots-payouts/openapi";
import { storableName } from "../storable.ts";

const ZONE = /(Z|[+-]\d\d:?\d\d)$/i;

/** The text at a pointer into something that the API sent, as it may be stored. */
export function textAt(value: unknown, pointer: string | undefined): string | undefined {
  const text = exactTextAt(value, pointer);
  return text === undefined ? undefined : storableName(text);
}

/** The text at a pointer into something that the API sent, to be given back to it. */
export function exactTextAt(value: unknown, pointer: string | undefined): string | undefined {
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

/** The time at a pointer, in milliseconds since the epoch; `undefined` where it does not say its zone. */
export function zonedTimeAt(value: unknown, pointer: string | undefined): number | undefined {
  const text = textAt(value, pointer);
  if (text === undefined || !ZONE.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** A time that the API wrote. Without a zone it is taken for UTC: how far back one looks covers the doubt. */
export function roughTimeAt(value: unknown, pointer: string | undefined): number {
  const text = textAt(value, pointer);
  if (text === undefined) return Number.NaN;
  return Date.parse(ZONE.test(text) ? text : `${text}Z`);
}
