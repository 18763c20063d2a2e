import { changeNodes, isObject, type JsonObject } from "@dots-payouts/openapi";

/**
 * The document with its patterns as JSON Schema has them, in Unicode mode: there, a character must not be escaped that
 * means nothing else. What is no pattern even so stays as it is, to be refused when it is compiled.
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

/** What stands for itself in a pattern, or is one thing though it has several characters. */
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
