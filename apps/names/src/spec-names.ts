import {
  isObject,
  type Json,
  listOperations,
  listServers,
  type OpenApiDocument,
} from "@dots-payouts/openapi";
import { words } from "./words.ts";

/** A name that the spec gives, and what it is a name of. */
export interface SpecName {
  readonly name: string;
  readonly kind: string;
}

/** Keys whose values are samples of data or text: what they hold is no name. */
const DATA = new Set(["example", "examples", "default", "description", "summary", "title"]);

/**
 * All names that a document gives: path segments, parameters, operations, client methods, servers, schemas, properties
 * and enumerated values, by their words. `thin-things` and `thinThings` are one name.
 */
export function specNames(document: OpenApiDocument): ReadonlyMap<string, SpecName> {
  const found = new Map<string, SpecName>();
  const add = (name: string, kind: string): void => {
    const key = words(name).join(" ");
    if (/[a-z]/.test(key) && !found.has(key)) found.set(key, { name, kind });
  };
  for (const { id, client, path, parameters } of listOperations(document)) {
    for (const segment of path.split("/")) if (!segment.includes("{")) add(segment, "a part of a path");
    for (const { name } of parameters) add(name, "a parameter");
    add(id, "an operation");
    for (const part of (client ?? "").split(".")) add(part, "a name of the client");
  }
  for (const { environment } of listServers(document)) add(environment ?? "", "a server");
  const components = document["components"];
  const schemas = isObject(components) ? components["schemas"] : undefined;
  for (const name of Object.keys(isObject(schemas) ? schemas : {})) add(name, "a schema");
  collect(document, false, add);
  return found;
}

function collect(node: Json, isMap: boolean, add: (name: string, kind: string) => void): void {
  if (Array.isArray(node)) for (const item of node) collect(item, false, add);
  if (!isObject(node)) return;
  for (const [key, value] of Object.entries(node)) {
    if (isMap) add(key, "a property");
    else if (DATA.has(key)) continue;
    else if (key === "enum" || key === "const") addValues(value, add);
    collect(value, !isMap && key === "properties", add);
  }
}

function addValues(values: Json, add: (name: string, kind: string) => void): void {
  for (const value of [values].flat()) if (typeof value === "string") add(value, "an enumerated value");
}
