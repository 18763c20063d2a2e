import { changeNodes, isObject, type JsonObject } from "@dots-payouts/openapi";

/**
 * The document with its patterns in Unicode mode, as JSON Schema requires: there, characters must not be escaped
 * needlessly. What is still not a valid pattern stays unchanged, and is refused when it is compiled.
 */
export function plainPatterns(document: JsonObject): JsonObject {
  return changeNodes(document, (node, walk) => {
    const { pattern, patternProperties } = node;
    const changed = { ...node };
    if (typeof pattern === "string") changed["pattern"] = plain(pattern);
    if (isObject(patternProperties)) {
      const entries = Object.entries(patternProperties).map(([name, schema]) => [plain(name), schema]);
      changed["patternProperties"] = Object.fromEntries(entries);
    }
    return walk.below(changed);
  });
}

/** A literal character in a pattern, or a token of several characters. */
const TOKEN = /\\[pPuk]\{[^}]*\}|\{\d+(?:,\d*)?\}|\\[\s\S]|[[\]{}]/g;

function plain(pattern: string): string {
  if (isPattern(pattern, "u") || !isPattern(pattern, "")) return pattern;
  let inClass = false;
  const changed = pattern.replace(TOKEN, (token) => {
    const [first = "", second = ""] = token;
    if (first === "\\" && token.length === 2) {
      const means = second === "-" ? inClass : /[\p{L}\p{N}^$\\.*+?()[\]{}|/]/u.test(second);
      return means ? token : second;
    }
    if (token.length > 1) return token;
    const isEdge = token === (inClass ? "]" : "[");
    if (isEdge) inClass = !inClass;
    return isEdge || inClass ? token : `\\${token}`;
  });
  return isPattern(changed, "u") ? changed : pattern;
}

function isPattern(pattern: string, flags: string): boolean {
  try {
    new RegExp(pattern, flags);
    return true;
  } catch {
    return false;
  }
}
