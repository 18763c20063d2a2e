import {
  follow,
  formatPointer,
  isObject,
  type Json,
  type JsonObject,
  listServers,
  METHODS,
  type OpenApiDocument,
} from "@dots-payouts/openapi";
import { namer } from "./name-operations.ts";
import { plainPatterns } from "./plain-patterns.ts";
import { relaxRequired } from "./relax-required.ts";
import { upgrade } from "./upgrade.ts";

/** The server of a description that does not know its own. */
const NOWHERE = "https://api.test";

/**
 * The document with what this toolkit needs and others do not say: operation IDs, names of the client's methods, and
 * names of servers. What the document says stays as it is.
 * @param base the URL that it was read from, to which its servers may be relative
 * @throws DocumentError if it contradicts itself
 */
export function adapt(document: JsonObject, base = NOWHERE): OpenApiDocument {
  const is30 = String(document["openapi"]).startsWith("3.0");
  const upgraded = withServers(plainPatterns(upgrade(is30 ? relaxRequired(document) : document)));
  const items = Object.entries(objectAt(upgraded, "paths")).map(([path, item]): [string, JsonObject] => {
    const { node } = follow(upgraded, { node: item, pointer: formatPointer(["paths", path]) });
    return [path, isObject(node) ? node : {}];
  });
  const name = namer(items.flatMap(([, item]) => operationsOf(item).map(([, operation]) => operation)));
  const servers = serversOf(upgraded, base);
  const paths = items.map(([path, item]): [string, Json] => {
    const named = operationsOf(item).map(([method, operation]) => [
      method,
      name(withoutServers(operation, servers, base), method, path),
    ]);
    return [path, { ...withoutServers(item, servers, base), ...Object.fromEntries(named) }];
  });
  return {
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    ...upgraded,
    servers: servers.map((server, index) => ({ ...server, "x-environment": nameOf(server, index) })),
    paths: Object.fromEntries(paths),
  };
}

function nameOf(server: JsonObject, index: number): Json {
  return server["x-environment"] ?? `server${index + 1}`;
}

/** A path or operation without servers of its own, where they are the document's. */
function withoutServers(owner: JsonObject, known: readonly JsonObject[], base: string): JsonObject {
  const { servers, ...rest } = owner;
  if (servers === undefined) return owner;
  const urls = known.map(({ url }) => url);
  try {
    return serversOf({ servers }, base).every(({ url }) => urls.includes(url)) ? rest : owner;
  } catch {
    // The steps that need them say more about it.
    return owner;
  }
}

function operationsOf(item: JsonObject): [string, JsonObject][] {
  return Object.entries(item).flatMap(([method, operation]): [string, JsonObject][] =>
    METHODS.includes(method) && isObject(operation) ? [[method, operation]] : [],
  );
}

/** A document whose operations all name the same servers, and that names none itself, has these. */
function withServers(document: JsonObject): JsonObject {
  if (document["servers"] !== undefined) return document;
  const named = Object.values(objectAt(document, "paths")).flatMap((item) =>
    isObject(item) ? operationsOf(item).map(([, operation]) => operation["servers"] ?? item["servers"]) : [],
  );
  const [first] = named;
  const isShared =
    first !== undefined && named.every((servers) => JSON.stringify(servers) === JSON.stringify(first));
  return isShared ? { ...document, servers: first } : document;
}

/** The servers of a document by absolute URLs. */
function serversOf(document: OpenApiDocument, base: string): JsonObject[] {
  const servers = listServers(document);
  const known = servers.length > 0 ? servers : [{ url: "/", description: undefined, environment: undefined }];
  return known.map(({ url, description, environment }) => ({
    url: new URL(url, base).href.replace(/\/$/, ""),
    ...(description === undefined ? {} : { description }),
    ...(environment === undefined ? {} : { "x-environment": environment }),
  }));
}

function objectAt(node: JsonObject, key: string): JsonObject {
  const value = node[key];
  return isObject(value) ? value : {};
}
