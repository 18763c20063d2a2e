import type { ErrorSchema } from "@rjsf/utils";

/** A reason for a refusal that names its place in the request. */
export interface Violation {
  /** JSON Pointer into the request body. */
  readonly path: string;
  readonly message: string;
}

/** The violations that an answer names: a list of objects with `path` and `message`, wherever it stands in the answer. */
export function violationsIn(body: unknown): Violation[] {
  if (typeof body !== "object" || body === null) return [];
  const lists = Object.values(body).filter((value) => Array.isArray(value));
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

/** The violations at their fields, as the form wants them. */
export function errorsByField(violations: readonly Violation[]): ErrorSchema {
  const errors: ErrorSchema = {};
  for (const { path, message } of violations) {
    let place = errors;
    for (const token of tokens(path)) {
      const children = place as Record<string, ErrorSchema>;
      place = children[token] ??= {};
    }
    place.__errors = [...(place.__errors ?? []), message];
  }
  return errors;
}

function tokens(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}
