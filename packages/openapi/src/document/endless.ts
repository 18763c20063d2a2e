import { isObject, type Json } from "../json/json.ts";
import { formatPointer } from "../json/pointer.ts";
import { DocumentError, referenceHops } from "./document.ts";
import { eachNode } from "./nodes.ts";

/** What would make every reader of a document loop forever; `undefined` if there is nothing. */
export function endlessPlace(parsed: unknown): DocumentError | undefined {
  const { loop, hasAliases } = findAliases(parsed);
  if (loop !== undefined) return new DocumentError(loop, "this is an alias of something that contains it");
  const { place } = hasAliases ? sizeOf(parsed, new Map()) : {};
  if (place !== undefined)
    return new DocumentError(place, "aliases make more than ten million values of this");
  return isObject(parsed) ? findCircle(parsed) : undefined;
}

/** What a walk through all values finds. */
interface Found {
  /** JSON Pointer to a value that contains itself, which is possible with YAML aliases. */
  readonly loop: string | undefined;
  /** Whether a value is in two places. */
  readonly hasAliases: boolean;
}

function findAliases(root: unknown): Found {
  const way: string[] = [];
  const above = new Set<object>();
  const done = new Set<object>();
  let hasAliases = false;
  const visit = (value: object): boolean => {
    if (above.has(value)) return true;
    if (done.has(value)) {
      hasAliases = true;
      return false;
    }
    above.add(value);
    for (const [key, child] of Object.entries(value)) {
      if (typeof child !== "object" || child === null) continue;
      way.push(key);
      // The way stays as it is, so that it leads to the loop.
      if (visit(child)) return true;
      way.pop();
    }
    above.delete(value);
    done.add(value);
    return false;
  };
  const isLoop = typeof root === "object" && root !== null && visit(root);
  return { loop: isLoop ? formatPointer(way) : undefined, hasAliases };
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
  let circle: DocumentError | undefined;
  eachNode(parsed, (node, walk) => {
    if (circle !== undefined || typeof node["$ref"] !== "string") return;
    try {
      referenceHops(parsed, { node, pointer: walk.pointer });
    } catch (error) {
      // References to other files, and to nothing, are reported elsewhere.
      if (error instanceof DocumentError && error.problem.endsWith("leads back to itself")) circle = error;
    }
  });
  return circle;
}
