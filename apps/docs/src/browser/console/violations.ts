/** A reason for a refusal, with its place in the request. */
export interface Violation {
  /** JSON Pointer into the request body. */
  readonly path: string;
  readonly message: string;
}

/** The violations in a response: a list of objects with `path` and `message`, anywhere in it. */
export function violationsIn(text: string): Violation[] {
  const lists = Object.values(parsed(text)).filter((value) => Array.isArray(value));
  return lists
    .flat()
    .filter(
      (item): item is Violation =>
        typeof item === "object" &&
        item !== null &&
        "path" in item &&
        typeof item.path === "string" &&
        "message" in item &&
        typeof item.message === "string",
    );
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** The messages about one field, by its path. */
export function messagesFor(violations: readonly Violation[], path: readonly string[]): string[] {
  const pointer = path.map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  return violations.filter((violation) => violation.path === pointer).map(({ message }) => message);
}
