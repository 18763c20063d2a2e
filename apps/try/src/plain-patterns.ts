import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";

/**
 * The document with its patterns as JSON Schema has them, in Unicode mode: there, a character must not be escaped that
 * means nothing else. What is no pattern even so stays as it is, for whoever compiles it to refuse.
 */
export function plainPatterns(document: JsonObject): JsonObject {
  const visit = (node: Json): Json => {
    if (Array.isArray(node)) return node.map(visit);
    if (!isObject(node)) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, value]): [string, Json] => {
        if (key === "pattern" && typeof value === "string") return [key, plain(value)];
        if (key !== "patternProperties" || !isObject(value)) return [key, visit(value)];
        return [
          key,
          Object.fromEntries(Object.entries(value).map(([name, schema]) => [plain(name), visit(schema)])),
        ];
      }),
    );
  };
  const visited = visit(document);
  return isObject(visited) ? visited : document;
}

function plain(pattern: string): string {
  if (isPattern(pattern, "u") || !isPattern(pattern, "")) return pattern;
  let inClass = false;
  const changed = pattern.replace(/\\[\s\S]|[[\]{}]/g, (token, offset: number) => {
    const character = token.at(-1) ?? "";
    if (token.length === 2) {
      if (character === "-" && inClass) return token;
      return /[\p{L}\p{N}^$\\.*+?()[\]{}|/]/u.test(character) ? token : character;
    }
    if (token === "[" && !inClass) inClass = true;
    else if (token === "]" && inClass) inClass = false;
    else if (!inClass && !isQuantifier(pattern, offset)) return `\\${token}`;
    return token;
  });
  return isPattern(changed, "u") ? changed : pattern;
}

/** Whether a brace belongs to `{2}`, `{2,}` or `{2,3}`, or to `\p{…}`. */
function isQuantifier(pattern: string, offset: number): boolean {
  const start = pattern.lastIndexOf("{", offset);
  const text = start === -1 ? "" : pattern.slice(start);
  return /^\{\d+(,\d*)?\}/.test(text) || /\\[pPuk]$/.test(pattern.slice(0, Math.max(start, 0)));
}

function isPattern(pattern: string, flags: string): boolean {
  try {
    new RegExp(pattern, flags);
    return true;
  } catch {
    return false;
  }
}
