import { type JsonValue, NumberText } from "./json-text.ts";

/** A whole number of cents as money, with all of its digits; `undefined` for anything else. */
export function moneyOf(value: JsonValue | undefined): string | undefined {
  if (!(value instanceof NumberText)) return undefined;
  const [, sign = "", digits = ""] = /^(-?)(\d+)$/.exec(value.text) ?? [];
  if (digits === "") return undefined;
  const padded = digits.padStart(3, "0");
  const units = padded.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${sign}${units}.${padded.slice(-2)}`;
}
