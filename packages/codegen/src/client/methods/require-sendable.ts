import {
  DocumentError,
  getAt,
  isObject,
  type Json,
  type OpenApiDocument,
  type Operation,
} from "@dots-payouts/openapi";

/**
 * Makes sure that the client can send an operation's requests to the right place.
 * @throws DocumentError saying why not.
 */
export function requireRequest(document: OpenApiDocument, operation: Operation): void {
  const { method, path, pointer, requestBody } = operation;
  const refuse = (why: string, place = pointer): never => {
    throw new DocumentError(place, why);
  };
  if (method === "TRACE") refuse("the client can't send TRACE: fetch doesn't");
  if (requestBody !== undefined && (method === "GET" || method === "HEAD")) {
    refuse(`the client can't send a body with ${method}: fetch doesn't`, `${pointer}/requestBody`);
  }
  if (/[?#]/.test(path)) refuse("a path with ? or # would be cut off there");
  const names = [...path.matchAll(/\{(.+?)\}/g)].map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) refuse(`${twice} appears twice in the path`);
  const item = pointer.slice(0, pointer.lastIndexOf("/"));
  for (const place of [item, pointer]) {
    const own = at(document, place)["servers"];
    if (own === undefined || sameServers(own, document["servers"])) continue;
    refuse("the client sends all requests to one server, but this has its own", `${place}/servers`);
  }
}

function at(document: OpenApiDocument, place: string): Readonly<Record<string, Json>> {
  const node = getAt(document, place);
  return isObject(node) ? node : {};
}

/** Whether each of these servers is one of the document's. */
function sameServers(own: Json, all: Json | undefined): boolean {
  const urls = (servers: Json | undefined): Json[] =>
    Array.isArray(servers) ? servers.map((server) => (isObject(server) ? (server["url"] ?? "") : "")) : [];
  const known = urls(all);
  return urls(own).every((url) => known.includes(url));
}
