import type { JsonObject } from "@dots-payouts/openapi";

/** Names that the client uses for something else, and `then`, which would make its owner a promise. */
const TAKEN = new Set(["http", "constructor", "then"]);

/** Gives an operation what it lacks: an ID, and the name of its method in the client. */
export type Namer = (operation: JsonObject, method: string, path: string) => JsonObject;

/**
 * Names operations. An ID becomes an identifier, a part of a URL and an anchor: one that can't, or that is too similar
 * to another, is changed.
 * @param all the operations of the document, so that no name is given twice
 */
export function namer(all: readonly JsonObject[]): Namer {
  const kept = new Set<string>();
  const ids = new Set<string>();
  for (const operation of all) {
    const id = textAt(operation, "operationId");
    if (id === undefined || !/^[A-Za-z][\w-]*$/.test(id) || ids.has(likeness(id))) continue;
    ids.add(likeness(id));
    kept.add(id);
  }
  const methods = new Set<string>();
  return (operation, method, path) => {
    const given = textAt(operation, "operationId");
    const isKept = given !== undefined && kept.delete(given);
    const id = isKept ? given : distinct(plain(given ?? "") || plain(`${method} ${path}`), ids);
    const tags = operation["tags"];
    const tag = Array.isArray(tags) && typeof tags[0] === "string" ? identifier(tags[0]) : "api";
    const client = distinct(`${free(tag)}.${free(identifier(given ?? id))}`, methods);
    return { ...operation, operationId: id, "x-client": textAt(operation, "x-client") ?? client };
  };
}

function free(name: string): string {
  return TAKEN.has(name) ? `${name}_` : name;
}

/** An ID reduced to letters and digits, without case. */
function likeness(id: string): string {
  return id.toLowerCase().replace(/[^\p{ID_Continue}.]|_/gu, "");
}

/** A text that differs from all taken ones. */
function distinct(text: string, taken: Set<string>): string {
  let candidate = text;
  for (let count = 2; taken.has(likeness(candidate)); count += 1) candidate = `${text}${count}`;
  taken.add(likeness(candidate));
  return candidate;
}

/** The letters and digits of ASCII in a text, with a dash between words; empty if there is no letter. */
function plain(text: string): string {
  const words = text.split(/[^A-Za-z\d]+/).filter((word) => word !== "");
  const joined = words.join("-");
  if (!/[A-Za-z]/.test(joined)) return "";
  return /^\d/.test(joined) ? `operation-${joined}` : joined;
}

/** A camel-case name from the letters and digits of a text. */
function identifier(text: string): string {
  const parts = text.split(/(?:[^\p{ID_Continue}]|_)+/u).filter((part) => part !== "");
  const joined = parts
    .map(
      (part, index) =>
        (index === 0 ? part.charAt(0).toLowerCase() : part.charAt(0).toUpperCase()) + part.slice(1),
    )
    .join("");
  return /^\p{ID_Start}/u.test(joined) ? joined : `the${joined}`;
}

function textAt(node: JsonObject, key: string): string | undefined {
  const value = node[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}
