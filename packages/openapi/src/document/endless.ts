import { isObject, type Json } from "../json/json.ts";
import { formatPointer } from "../json/pointer.ts";
import { DocumentError, referenceHops } from "./document.ts";
import { eachNode } from "./nodes.ts";

/** What keeps every reader of a document from coming to its end; `undefined` if nothing does. */
export function endlessPlace(parsed: unknown): DocumentError | undefined {
  const loop = findLoop(parsed);
  if (loop !== undefined) return new DocumentError(loop, "this is an alias of something that contains it");
  return isObject(parsed) ? findCircle(parsed) : undefined;
}

/** JSON Pointer to a value that contains itself, as an alias of YAML can; `undefined` if none does. */
function findLoop(root: unknown): string | undefined {
  const way: string[] = [];
  const above = new Set<object>();
  const done = new Set<object>();
  const visit = (value: object): boolean => {
    if (above.has(value)) return true;
    if (done.has(value)) return false;
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
  return typeof root === "object" && root !== null && visit(root) ? formatPointer(way) : undefined;
}

/** A reference that leads back to itself; `undefined` if none does. */
function findCircle(parsed: Record<string, Json>): DocumentError | undefined {
  let circle: DocumentError | undefined;
  eachNode(parsed, (node, walk) => {
    if (circle !== undefined || typeof node["$ref"] !== "string") return;
    try {
      referenceHops(parsed, { node, pointer: walk.pointer });
    } catch (error) {
      // References into other files, and such that lead nowhere, are for others to follow.
      if (error instanceof DocumentError && error.problem.endsWith("leads back to itself")) circle = error;
    }
  });
  return circle;
}
