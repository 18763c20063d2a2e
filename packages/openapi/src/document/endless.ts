import { isObject, type Json } from "../json/json.ts";
import { formatPointer } from "../json/pointer.ts";
import { DocumentError, referenceHops } from "./document.ts";
import { eachNode } from "./nodes.ts";

/** What would make every reader of a document loop forever; `undefined` if there is nothing. */
export function endlessPlace(parsed: unknown): DocumentError | undefined {
  const loop = findLoop(parsed, [], new Set(), "");
  if (loop !== undefined) return new DocumentError(loop, "this is an alias of something that contains it");
  return isObject(parsed) ? findCircle(parsed) : undefined;
}

/**
 * JSON Pointer to a value that contains itself, which is possible with YAML aliases; `undefined` if there is none.
 */
function findLoop(
  value: unknown,
  above: readonly unknown[],
  seen: Set<unknown>,
  pointer: string,
): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (above.includes(value)) return pointer;
  if (seen.has(value)) return undefined;
  seen.add(value);
  for (const [key, child] of Object.entries(value)) {
    const loop = findLoop(child, [...above, value], seen, pointer + formatPointer([key]));
    if (loop !== undefined) return loop;
  }
  return undefined;
}

/** A reference that leads back to itself; `undefined` if there is none. */
function findCircle(parsed: Record<string, Json>): DocumentError | undefined {
  const circles: DocumentError[] = [];
  eachNode(parsed, (node, { pointer }) => {
    try {
      referenceHops(parsed, { node, pointer });
    } catch (error) {
      // References to other files, and to nothing, are reported elsewhere.
      if (error instanceof DocumentError && error.problem.endsWith("leads back to itself"))
        circles.push(error);
    }
  });
  return circles[0];
}
