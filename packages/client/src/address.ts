import type { Operation, Params } from "./operation.ts";

/**
 * The URL of a call. In the query, a list is one pair for each of its items, unless the operation knows a separator.
 * @throws Error when a part of the path is missing: the URL would be that of something else.
 */
export function address(
  baseUrl: string,
  { path: template, separators = {} }: Operation,
  path: Params = {},
  query: Params = {},
): string {
  const values = new Map<string, unknown>(Object.entries(path));
  const filled = template.replace(/\{(.+?)\}/g, (_, name: string) => {
    const value = String(values.get(name) ?? "");
    // A dot alone is taken out of a URL, with what stands before it.
    if (/^\.{0,2}$/.test(value)) throw new Error(`${name} is missing`);
    return encodeURIComponent(value);
  });
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    const items = [value ?? []].flat().map((item) => encodeURIComponent(String(item)));
    const separator = separators[name];
    const written = separator === undefined || items.length === 0 ? items : [items.join(separator)];
    return written.map((text) => `${encodeURIComponent(name)}=${text}`);
  });
  return `${baseUrl}${filled}${pairs.length > 0 ? "?" : ""}${pairs.join("&")}`;
}
