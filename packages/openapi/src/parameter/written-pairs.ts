import { isObject, type Json } from "../json/json.ts";
import type { Parameter } from "../operation/operation.ts";

/** The separators of a value's parts, for styles that write the value as one pair. */
const SEPARATORS: Readonly<Record<string, string>> = { spaceDelimited: "%20", pipeDelimited: "%7C" };

/** Writes a parameter's value into a query or a form: `name=value`, several times if the value has parts. */
export function writtenPairs({ name, node }: Pick<Parameter, "name" | "node">, value: Json): string[] {
  const style = String(node["style"] ?? "form");
  const isExploded = (node["explode"] ?? (style === "form" || style === "deepObject")) === true;
  const separator = SEPARATORS[style] ?? ",";
  const text = (part: Json): string =>
    encodeURIComponent(isObject(part) ? JSON.stringify(part) : String(part));
  const pair = (key: string, written: string): string => `${encodeURIComponent(key)}=${written}`;
  if (Array.isArray(value)) {
    const items = value.map(text);
    return isExploded ? items.map((item) => pair(name, item)) : [pair(name, items.join(separator))];
  }
  if (!isObject(value)) return [pair(name, text(value))];
  const entries = Object.entries(value);
  if (style === "deepObject") return entries.map(([key, part]) => pair(`${name}[${key}]`, text(part)));
  if (isExploded) return entries.map(([key, part]) => pair(key, text(part)));
  return [
    pair(name, entries.flatMap(([key, part]) => [encodeURIComponent(key), text(part)]).join(separator)),
  ];
}
