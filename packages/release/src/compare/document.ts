import {
  isObject,
  listOperations,
  listServers,
  type OpenApiDocument,
  type Operation,
} from "@dots-payouts/openapi";
import { canonical } from "./canonical.ts";
import type { Change, Impact } from "./change.ts";
import { compareOperation } from "./operation.ts";
import { compareOtherKeys } from "./other-keys.ts";
import { compareServers } from "./servers.ts";

const ALL = "All operations";

/**
 * What has changed from one document to the other, for somebody who uses what is made from it. Nothing is passed over:
 * what no rule judges counts as breaking, and what only reads differently is said to.
 */
export function compareDocuments(before: OpenApiDocument, after: OpenApiDocument): Change[] {
  const changes = [...sharedChanges(before, after), ...operationChanges(before, after)];
  if (changes.length > 0 || whole(before) === whole(after)) return changes;
  return [{ impact: "words", where: ALL, text: "The description reads differently." }];
}

function operationChanges(before: OpenApiDocument, after: OpenApiDocument): Change[] {
  const old = new Map(listOperations(before).map((operation) => [routeOf(operation), operation]));
  const now = new Map(listOperations(after).map((operation) => [routeOf(operation), operation]));
  const changes: Change[] = [];
  for (const [route, operation] of old) {
    const where = nameOf(operation);
    const successor = now.get(route);
    if (successor === undefined) {
      changes.push({ impact: "breaking", where, text: "The operation is gone." });
      continue;
    }
    const found: Change[] = [];
    const note = (impact: Impact, text: string): void => {
      if (!found.some((change) => change.text === text)) found.push({ impact, where, text });
    };
    compareOperation({ before, after, note }, operation, successor);
    if (found.length === 0 && words(before, operation) !== words(after, successor)) {
      note("words", "Descriptions or examples have changed.");
    }
    changes.push(...found);
  }
  for (const [route, operation] of now) {
    if (old.has(route)) continue;
    const summary = operation.summary === undefined ? "" : `: ${operation.summary}`;
    changes.push({ impact: "addition", where: nameOf(operation), text: `The operation is new${summary}.` });
  }
  return changes;
}

function sharedChanges(before: OpenApiDocument, after: OpenApiDocument): Change[] {
  const changes: Change[] = [];
  const note = (impact: Impact, text: string): void => void changes.push({ impact, where: ALL, text });
  compareServers(listServers(before), listServers(after), note);
  const schemas = namesOf(after);
  for (const name of namesOf(before)) {
    // The client's types carry the names of the schemas.
    if (!schemas.includes(name)) note("breaking", `The schema ${name} is gone, or is called something else.`);
  }
  const known = ["openapi", "info", "servers", "security", "paths", "components"];
  const root = (node: OpenApiDocument) => ({ node, pointer: "" });
  compareOtherKeys({ before, after, note }, root(before), root(after), known, "The document");
  return changes;
}

function namesOf(document: OpenApiDocument): string[] {
  const components = document["components"];
  const schemas = isObject(components) ? components["schemas"] : undefined;
  return isObject(schemas) ? Object.keys(schemas) : [];
}

function routeOf({ method, path }: Operation): string {
  // Parameters may be renamed: callers pass them by place or see the change of the parameter itself.
  return `${method} ${path.replaceAll(/\{[^}]*\}/g, "{}")}`;
}

function nameOf({ client, id, method, path }: Operation): string {
  return `${client ?? id} (${method} ${path})`;
}

function words(document: OpenApiDocument, { pointer, path, method }: Operation): string {
  const item = isObject(document["paths"]) ? document["paths"][path] : undefined;
  const node = isObject(item) ? (item[method.toLowerCase()] ?? item) : null;
  return canonical(document, { node, pointer });
}

function whole(document: OpenApiDocument): string {
  return JSON.stringify(document);
}
