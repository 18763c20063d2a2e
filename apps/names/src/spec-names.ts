import { eachNode, isObject, listOperations, listServers, type OpenApiDocument } from "@dots-payouts/openapi";
import { words } from "./words.ts";

/** A name in the spec, and what it names. */
export interface SpecName {
  readonly name: string;
  readonly kind: string;
}

/**
 * All names in a document: path segments, parameters, operations, client methods, servers, schemas, properties
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
  eachNode(document, ({ properties, enum: values, const: value }) => {
    if (isObject(properties)) for (const name of Object.keys(properties)) add(name, "a property");
    for (const one of [values ?? [], value ?? []].flat()) {
      if (typeof one === "string") add(one, "an enumerated value");
    }
  });
  return found;
}
