import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";
import { upgrade } from "./upgrade.ts";

const METHODS = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);

/**
 * The document with what this toolkit needs and others do not say: operation IDs, names of the client's methods, and
 * names of servers. What the document says stays as it is.
 */
export function adapt(document: JsonObject): JsonObject {
  const upgraded = upgrade(document);
  const taken = new Set<string>();
  const paths = Object.entries(objectAt(upgraded, "paths")).map(([path, item]): [string, Json] => {
    if (!isObject(item)) return [path, item];
    const operations = Object.entries(item).map(([method, operation]): [string, Json] =>
      METHODS.has(method) && isObject(operation)
        ? [method, name(operation, method, path, taken)]
        : [method, operation],
    );
    return [path, Object.fromEntries(operations)];
  });
  return {
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    ...upgraded,
    servers: servers(upgraded["servers"]),
    paths: Object.fromEntries(paths),
  };
}

function name(operation: JsonObject, method: string, path: string, taken: Set<string>): JsonObject {
  const id = typeof operation["operationId"] === "string" ? operation["operationId"] : `${method} ${path}`;
  const tags = operation["tags"];
  const tag = Array.isArray(tags) && typeof tags[0] === "string" ? tags[0] : "api";
  let client = `${identifier(tag)}.${identifier(id)}`;
  while (taken.has(client)) client += "_";
  taken.add(client);
  return { ...operation, operationId: id, "x-client": operation["x-client"] ?? client };
}

function servers(given: Json | undefined): Json {
  const list = Array.isArray(given) ? given.filter(isObject) : [];
  const usable = list.length > 0 ? list : [{ url: "https://api.test" }];
  return usable.map((server, index) => {
    const url = String(server["url"]);
    const absolute = /^https?:/.test(url) ? url : `https://api.test${url.startsWith("/") ? url : ""}`;
    return { ...server, url: absolute, "x-environment": server["x-environment"] ?? `server${index + 1}` };
  });
}

/** A name in camel case, made of the letters and digits of a text. */
function identifier(text: string): string {
  const parts = text.split(/[^A-Za-z0-9]+/).filter((part) => part !== "");
  const joined = parts
    .map(
      (part, index) =>
        (index === 0 ? part.charAt(0).toLowerCase() : part.charAt(0).toUpperCase()) + part.slice(1),
    )
    .join("");
  return /^[A-Za-z]/.test(joined) ? joined : `the${joined}`;
}

function objectAt(node: JsonObject, key: string): JsonObject {
  const value = node[key];
  return isObject(value) ? value : {};
}
