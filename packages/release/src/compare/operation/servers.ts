import {
  formatPointer,
  getAt,
  type Json,
  listServers,
  type OpenApiDocument,
  type Operation,
  type Server,
} from "@dots-payouts/openapi";
import type { Note } from "../change/change.ts";
import { compareOtherKeys } from "./other-keys.ts";
import type { Versions } from "./versions.ts";

/** Compares the servers of two documents, by the name that a client uses for them. */
export function compareServers(before: OpenApiDocument, after: OpenApiDocument, note: Note): void {
  const [old, now] = [byName(before), byName(after)];
  for (const [key, { server, node }] of old) {
    const successor = now.get(key);
    if (successor === undefined) {
      note("breaking", `The server ${key} is gone.`);
      continue;
    }
    if (successor.server.url !== server.url) {
      note("breaking", `The server ${key} moves from ${server.url} to ${successor.server.url}.`);
    }
    compareOtherKeys(
      { before, after, note },
      { node, pointer: "" },
      { node: successor.node, pointer: "" },
      ["url", "x-environment"],
      `The server ${key}`,
    );
  }
  for (const [key, { server }] of now) {
    if (!old.has(key)) note("addition", `The server ${key} is new: ${server.url}`);
  }
  const [first] = old.keys();
  const [firstNow] = now.keys();
  if (first !== undefined && firstNow !== undefined && now.has(first) && first !== firstNow) {
    note("breaking", `The first server changes from ${first} to ${firstNow}.`);
  }
}

/** Compares the servers of an operation, if it or its path has its own. */
export function compareOwnServers({ before, after, note }: Versions, old: Operation, now: Operation): void {
  const [were, are] = [ownServers(before, old), ownServers(after, now)];
  if (were === undefined && are === undefined) return;
  const of = (document: OpenApiDocument, servers: Json | undefined): OpenApiDocument =>
    servers === undefined ? document : { ...document, servers };
  compareServers(of(before, were), of(after, are), note);
}

function ownServers(document: OpenApiDocument, { pointer, path }: Operation): Json | undefined {
  return getAt(document, `${pointer}/servers`) ?? getAt(document, formatPointer(["paths", path, "servers"]));
}

function byName(document: OpenApiDocument): Map<string, { server: Server; node: Json }> {
  const nodes = getAt(document, "/servers");
  return new Map(
    listServers(document).map((server, index) => [
      server.environment ?? server.url,
      { server, node: Array.isArray(nodes) ? (nodes[index] ?? null) : null },
    ]),
  );
}
