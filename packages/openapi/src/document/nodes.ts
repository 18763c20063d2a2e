import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { formatPointer } from "../json/pointer.ts";
import { contentOf } from "./keywords.ts";

/** A walk through a document, at one of its nodes. */
export interface Walk {
  /** JSON Pointer to the node, from where the walk began. */
  readonly pointer: string;
  /** This object with what `change` makes of each node directly below it; the same object where nothing changes. */
  below(node: JsonObject): JsonObject;
}

/**
 * A copy of a document, or of a part of one, in which each node is what `change` makes of it. A node is an object that
 * OpenAPI or JSON Schema describes. Data, such as an example, is left as it is. `change` decides whether, and when, the
 * nodes below its node are changed too. What does not change is shared with the original.
 * @param root a node or a list of nodes
 */
export function changeNodes(
  root: JsonObject,
  change: (node: JsonObject, walk: Walk) => JsonObject,
): JsonObject;
export function changeNodes(root: Json, change: (node: JsonObject, walk: Walk) => Json): Json;
export function changeNodes(root: Json, change: (node: JsonObject, walk: Walk) => Json): Json {
  const way: (string | number)[] = [];
  const visit = (value: Json): Json => {
    if (Array.isArray(value)) return sameOrItems(value, (item, index) => step(index, item, "node"));
    return isObject(value) ? change(value, walk) : value;
  };
  const step = (key: string | number, value: Json, content: "node" | "map" | "data"): Json => {
    if (content === "data" || typeof value !== "object" || value === null) return value;
    way.push(key);
    const changed =
      content === "map" && isObject(value)
        ? sameOrValues(value, (child, name) => step(name, child, "node"))
        : visit(value);
    way.pop();
    return changed;
  };
  const walk: Walk = {
    get pointer() {
      return formatPointer(way);
    },
    below: (node) => sameOrValues(node, (value, key) => step(key, value, contentOf(key, value))),
  };
  return visit(root);
}

/** Looks at each node of a document, or of a part of one: the same nodes as `changeNodes`. */
export function eachNode(root: Json, look: (node: JsonObject, walk: Pick<Walk, "pointer">) => void): void {
  changeNodes(root, (node, walk) => {
    look(node, walk);
    return walk.below(node);
  });
}

// Most of a document stays as it is, so that nothing is copied before something changes.
function sameOrValues(node: JsonObject, change: (value: Json, key: string) => Json): JsonObject {
  let changed: Map<string, Json> | undefined;
  for (const key of Object.keys(node)) {
    const value = node[key] ?? null;
    const after = change(value, key);
    if (after !== value) changed = (changed ?? new Map(Object.entries(node))).set(key, after);
  }
  return changed === undefined ? node : Object.fromEntries(changed);
}

function sameOrItems(list: Json[], change: (item: Json, index: number) => Json): Json[] {
  let changed: Json[] | undefined;
  for (const [index, item] of list.entries()) {
    const after = change(item, index);
    if (after === item) continue;
    changed ??= [...list];
    changed[index] = after;
  }
  return changed ?? list;
}
