import type { Json, JsonObject } from "../json/json.ts";

/** A keyword's values in all schemas that describe the same value. */
export function keywordValues(parts: readonly JsonObject[], keyword: string): Json[] {
  return parts.flatMap((part) => {
    const value = part[keyword];
    return value === undefined ? [] : [value];
  });
}

/** The values that `const` and `enum` allow; `undefined` if there is neither. */
export function listedValues(parts: readonly JsonObject[]): Json[] | undefined {
  const lists = parts.flatMap((part) => {
    if (part["const"] !== undefined) return [[part["const"]]];
    return Array.isArray(part["enum"]) ? [part["enum"]] : [];
  });
  const [first, ...others] = lists;
  return first?.filter((value) => others.every((list) => list.includes(value)));
}

/** The JSON types that `type` allows; `undefined` if any. */
export function typesOf(parts: readonly JsonObject[]): string[] | undefined {
  const lists = keywordValues(parts, "type").map((type) => (Array.isArray(type) ? type : [type]));
  const [first, ...others] = lists;
  if (first === undefined) return undefined;
  const allowed = first.filter((type) => others.every((list) => list.includes(type)));
  return allowed.filter((type) => typeof type === "string");
}

/** The strictest bound that a keyword sets: the lowest for `max…` and `exclusiveMaximum`, else the highest. */
export function bound(parts: readonly JsonObject[], keyword: string): number | undefined {
  const numbers = keywordValues(parts, keyword).filter((value) => typeof value === "number");
  if (numbers.length === 0) return undefined;
  return /^max|Maximum$/.test(keyword) ? Math.min(...numbers) : Math.max(...numbers);
}
