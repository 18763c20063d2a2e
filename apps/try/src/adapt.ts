import {
  follow,
  formatPointer,
  isObject,
  type Json,
  type JsonObject,
  listServers,
  type OpenApiDocument,
} from "@dots-payouts/openapi";
import { namer } from "./name-operations.ts";
import { plainPatterns } from "./plain-patterns.ts";
import { relaxRequired } from "./relax-required.ts";
import { upgrade } from "./upgrade.ts";

const METHODS = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);

/** The server of a description that does not know its own. */
const NOWHERE = "https://api.test";

/**
 * The document with what this toolkit needs and others do not say: operation IDs, names of the client's methods, and
 * names of servers. What the document says stays as it is.
 * @param base the URL that it was read from, to which its servers may be relative
 * @throws DocumentError where it contradicts itself
 */
export function adapt(document: JsonObject, base = NOWHERE): OpenApiDocument {
  const is30 = String(document["openapi"]).startsWith("3.0");
  const upgraded = plainPatterns(upgrade(is30 ? relaxRequired(document) : document));
  const items = Object.entries(objectAt(upgraded, "paths")).map(([path, item]): [string, JsonObject] => {
    const { node } = follow(upgraded, { node: item, pointer: formatPointer(["paths", path]) });
    return [path, isObject(node) ? node : {}];
  });
  const name = namer(items.flatMap(([, item]) => operationsOf(item).map(([, operation]) => operation)));
  const paths = items.map(([path, item]): [string, Json] => {
    const named = operationsOf(item).map(([method, operation]) => [method, name(operation, method, path)]);
    return [path, { ...item, ...Object.fromEntries(named) }];
  });
  return {
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    ...upgraded,
    servers: serversOf(upgraded, base),
    paths: Object.fromEntries(paths),
  };
}

function operationsOf(item: JsonObject): [string, JsonObject][] {
  return Object.entries(item).flatMap(([method, operation]): [string, JsonObject][] =>
    METHODS.has(method) && isObject(operation) ? [[method, operation]] : [],
  );
}

function serversOf(document: OpenApiDocument, base: string): Json {
  const servers = listServers(document);
  const known = servers.length > 0 ? servers : [{ url: "/", description: undefined, environment: undefined }];
  return known.map(({ url, description, environment }, index) => ({
    url: new URL(url, base).href.replace(/\/$/, ""),
    ...(description === undefined ? {} : { description }),
    "x-environment": environment ?? `server${index + 1}`,
  }));
}

function objectAt(node: JsonObject, key: string): JsonObject {
  const value = node[key];
  return isObject(value) ? value : {};
}
