/**
 * Finds the parameters of a path that matches a template, as they were sent: `/things/{id}` and `/things/a%20b` give
 * `id` as `a%20b`.
 */
export type PathParameters = (path: string) => Readonly<Record<string, string>>;

/** Prepares reading the parameters of a template. */
export function pathParameters(template: string): PathParameters {
  const names: string[] = [];
  const pattern = template.split(/(\{[^}]+\})/).map((part) => {
    if (!part.startsWith("{")) return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    names.push(part.slice(1, -1));
    return "([^/]+)";
  });
  const expression = new RegExp(`^${pattern.join("")}$`);
  return (path) => {
    const values = expression.exec(path)?.slice(1) ?? [];
    return Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
  };
}

/** A decoded parameter. One that is not correctly percent-encoded is left as it is. */
export function decodeParameter(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
