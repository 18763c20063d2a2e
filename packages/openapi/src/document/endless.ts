import { isObject, type Json } from "../json/json.ts";
import { formatPointer } from "../json/pointer.ts";
import { DocumentError, referenceHops } from "./document.ts";
import { eachNode } from "./nodes.ts";

/** What keeps every reader of a document from coming to its end; `undefined` if nothing does. */
export function endlessPlace(parsed: unknown): DocumentError | undefined {
  const loop = findLoop(parsed, [], new Set(), "");
  if (loop !== undefined) return new DocumentError(loop, "this is an alias of something that contains it");
  return isObject(parsed) ? findCircle(parsed) : undefined;
}

/** JSON Pointer to a value that contains itself, as an alias of YAML can; `undefined` if none does. */
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

/** A reference that leads back to itself; `undefined` if none does. */
function findCircle(parsed: Record<string, Json>): DocumentError | undefined {
  const circles: DocumentError[] = [];
  eachNode(parsed, (node, { pointer }) => {
    try {
      referenceHops(parsed, { node, pointer });
    } catch (error) {
      // References into other files, and such that lead nowhere, are for others to follow.
      if (error instanceof DocumentError && error.problem.endsWith("leads back to itself"))
        circles.push(error);
    }
  });
  return circles[0];
}
