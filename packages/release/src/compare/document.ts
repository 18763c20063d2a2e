import { getAt, isObject, type Json, memoizeByObject, type OpenApiDocument } from "@dots-payouts/openapi";
import type { Change } from "./change/change.ts";
import { notesOf } from "./change/notes.ts";
import { compareNamedSchemas } from "./named-schemas.ts";
import { wordsIn } from "./operation/meaning.ts";
import { compareEvents, compareOperations } from "./operation/operations.ts";
import { compareOtherKeys } from "./operation/other-keys.ts";
import { compareScopes } from "./operation/security.ts";
import { compareServers } from "./operation/servers.ts";
import { sorted } from "./proof/signature.ts";
import { upgrade } from "./upgrade.ts";

const ALL = "All operations";

/**
 * What has changed between two documents, for users of what is generated from them. Nothing is ignored: what no rule
 * covers counts as breaking, and changed wording is reported too.
 */
export function compareDocuments(before: OpenApiDocument, after: OpenApiDocument): Change[] {
  const old = upgrade(before);
  const now = upgrade(after);
  const compared = new Set<string>();
  const documents = { before: old, after: now, named: (pointer: string) => void compared.add(pointer) };
  const own = [...compareOperations(documents), ...compareEvents(documents)];
  const { note, changes } = notesOf(ALL);
  compareServers(old, now, note);
  compareScopes(old, now, note);
  compareNamedSchemas(old, now, compared, note);
  compareRoots(old, now, note);
  const all = [...changes(), ...own];
  const isSame = all.length > 0 || JSON.stringify(before) === JSON.stringify(after);
  if (!isSame && wordsBeside(old) !== wordsBeside(now)) {
    note("words", "The wording of the description has changed.");
    return changes();
  }
  return all;
}

function compareRoots(
  before: OpenApiDocument,
  after: OpenApiDocument,
  note: ReturnType<typeof notesOf>["note"],
): void {
  const root = (node: OpenApiDocument) => ({ node, pointer: "" });
  const known = ["openapi", "info", "servers", "security", "paths", "webhooks", "components"];
  compareOtherKeys({ before, after, note }, root(before), root(after), known, "The document");
  const info = (document: OpenApiDocument) => ({ node: getAt(document, "/info") ?? null, pointer: "/info" });
  const people = ["version", "termsOfService", "contact", "license"];
  compareOtherKeys({ before, after, note }, info(before), info(after), people, "The document's info");
}

/** The document's text for people, outside its operations. */
const wordsBeside = memoizeByObject((document: OpenApiDocument): string => {
  const { paths: _, webhooks: __, info, tags, components, ...others } = document;
  const sections: Json[] = Array.isArray(tags) ? tags : [];
  const listed = sections.map((tag) => JSON.stringify(sorted(tag))).sort();
  const people = isObject(info) ? JSON.stringify(sorted(info)) : "";
  // What else is under components is read with the operations that refer to it.
  const { schemas = {}, securitySchemes = {} } = isObject(components) ? components : {};
  const rest = { ...others, components: { schemas, securitySchemes } };
  return [people, ...listed, wordsIn(document, { node: rest, pointer: "" })].join("\n");
});
