import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { formatPointer } from "../json/pointer.ts";
import { contentOf } from "./keywords.ts";

/** The current node of a walk through a document. */
export interface Walk {
  /** JSON Pointer to the node, relative to the start of the walk. */
  readonly pointer: string;
  /** This object with `change` applied to each node directly below it; the same object if nothing changes. */
  below(node: JsonObject): JsonObject;
}

/**
 * A copy of a document, or of a part of one, with `change` applied to each node. A node is an object that OpenAPI or
 * JSON Schema describes. Data, such as an example, is left alone. `change` decides whether, and when, the nodes below
 * are changed too. Unchanged parts are shared with the original.
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

/**
 * Visits each node of a document, or of a part of one: the same nodes as `changeNodes`. Ask for `pointer` only where it
 * is needed: it is made each time.
 */
export function eachNode(root: Json, look: (node: JsonObject, walk: Pick<Walk, "pointer">) => void): void {
  const way: (string | number)[] = [];
  const walk = {
    get pointer() {
      return formatPointer(way);
    },
  };
  const visit = (value: Json): void => {
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) step(index, value[index] ?? null);
      return;
    }
    if (!isObject(value)) return;
    look(value, walk);
    for (const key of Object.keys(value)) {
      const child = value[key] ?? null;
      if (typeof child !== "object" || child === null) continue;
      const content = contentOf(key, child);
      if (content === "data") continue;
      way.push(key);
      if (content === "map" && isObject(child)) {
        for (const name of Object.keys(child)) step(name, child[name] ?? null);
      } else {
        visit(child);
      }
      way.pop();
    }
  };
  const step = (key: string | number, value: Json): void => {
    if (typeof value !== "object" || value === null) return;
    way.push(key);
    visit(value);
    way.pop();
  };
  visit(root);
}

// Most of a document stays unchanged, so copy only when something changes.
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
