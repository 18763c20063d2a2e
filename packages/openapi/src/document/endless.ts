import { isObject, type Json } from "../json/json.ts";
import { formatPointer } from "../json/pointer.ts";
import { DocumentError, referenceHops } from "./document.ts";
import { eachNode } from "./nodes.ts";

/** What would make every reader of a document loop forever; `undefined` if there is nothing. */
export function endlessPlace(parsed: unknown): DocumentError | undefined {
  const loop = findLoop(parsed, [], new Set(), "");
  if (loop !== undefined) return new DocumentError(loop, "this is an alias of something that contains it");
  const { place } = sizeOf(parsed, new Map());
  if (place !== undefined)
    return new DocumentError(place, "aliases make more than ten million values of this");
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

/** More values than any real document has. */
const TOO_MANY = 10_000_000;

/** How many values a reader that follows every alias visits, and where there are too many. */
function sizeOf(
  value: unknown,
  known: Map<object, number>,
): { readonly size: number; readonly place?: string } {
  if (typeof value !== "object" || value === null) return { size: 1 };
  const before = known.get(value);
  if (before !== undefined) return { size: before };
  let size = 1;
  for (const [key, child] of Object.entries(value)) {
    const part = sizeOf(child, known);
    if (part.place !== undefined) return { ...part, place: formatPointer([key]) + part.place };
    size += part.size;
  }
  known.set(value, size);
  return size > TOO_MANY ? { size, place: "" } : { size };
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
