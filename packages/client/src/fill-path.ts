/**
 * A path with its parameters: what the template names goes into the path, the rest into the query, a list as one pair
 * for each of its items.
 * @throws Error when a part of the path is missing: the path would be that of something else.
 * @public for generated source
 */
export function fillPath(template: string, params: object): string {
  const rest = new Map<string, unknown>(Object.entries(params));
  const path = template.replace(/\{(.+?)\}/g, (_, name: string) => {
    const value = rest.get(name) ?? "";
    if (value === "") throw new Error(`${name} is missing`);
    rest.delete(name);
    return encodeURIComponent(String(value));
  });
  const query = [...rest].flatMap(([name, value]) =>
    [value ?? []].flat().map((item) => `${encodeURIComponent(name)}=${encodeURIComponent(String(item))}`),
  );
  return path + (query.length > 0 ? "?" : "") + query.join("&");
}
