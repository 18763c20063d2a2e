import type { JsonObject } from "@dots-payouts/openapi";

/** Names that the client has other uses for. */
const TAKEN = new Set(["http", "constructor"]);

/** Gives an operation what it lacks: an ID, and the name of its method in the client. */
export type Namer = (operation: JsonObject, method: string, path: string) => JsonObject;

/** @param all the operations of the document, so that no name is given twice */
export function namer(all: readonly JsonObject[]): Namer {
  const ids = new Set(all.flatMap((operation) => textAt(operation, "operationId") ?? []).map(identifier));
  const methods = new Set<string>();
  return (operation, method, path) => {
    const id = textAt(operation, "operationId") ?? distinct(`${method} ${path}`, ids);
    const tags = operation["tags"];
    const tag = Array.isArray(tags) && typeof tags[0] === "string" ? identifier(tags[0]) : "api";
    const client = distinct(`${TAKEN.has(tag) ? `${tag}_` : tag}.${identifier(id)}`, methods);
    return { ...operation, operationId: id, "x-client": textAt(operation, "x-client") ?? client };
  };
}

/** A text that is not among those that are taken yet, even if only letters and digits count. */
function distinct(text: string, taken: Set<string>): string {
  const key = (candidate: string): string => candidate.split(".").map(identifier).join(".");
  let candidate = text;
  for (let count = 2; taken.has(key(candidate)); count += 1) candidate = `${text}${count}`;
  taken.add(key(candidate));
  return candidate;
}

/** A name in camel case, made of the letters and digits of a text. */
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
