/**
 * Finds the parameters of a path that a template fits, as they were sent: `/things/{id}` and `/things/a%20b` give `id` as
 * `a%20b`.
 */
export type PathParameters = (path: string) => Readonly<Record<string, string>>;

/** Works out once how to read the parameters of a template. */
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

/** A parameter as it is meant. What is not percent-encoded correctly is taken as it is. */
export function decodeParameter(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
