import { valueAt } from "./json.ts";
import type { Operation } from "./operation.ts";

/**
 * The path of a call with its query. In the query, a list becomes one pair per item, unless the operation has a
 * separator.
 * @throws Error if a part of the path is missing: the path would lead to something else.
 * @public for generated source
 */
export function fillPath(
  { path: template, separators = {} }: Pick<Operation, "path" | "separators">,
  path: object = {},
  query: object = {},
): string {
  const filled = template.replace(/\{(.+?)\}/g, (_, name: string) => {
    const value = valueAt(path, [name]) ?? "";
    // URL parsing would remove a segment of dots, together with the segment before it.
    if (/^\.{0,2}$/.test(`${value}`)) throw new Error(`${name} is missing`);
    return encode(value);
  });
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    const items = [value ?? []].flat().map(encode);
    const separator = separators[name];
    const written = separator === undefined || items.length === 0 ? items : [items.join(separator)];
    return written.map((text) => `${encode(name)}=${text}`);
  });
  return filled + (pairs.length > 0 ? "?" : "") + pairs.join("&");
}

function encode(value: unknown): string {
  return encodeURIComponent(String(value));
}
