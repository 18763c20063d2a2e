import { DocumentError, type OpenApiDocument } from "../document/document.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { formatPointer } from "../json/pointer.ts";
import { memoizeByObject } from "../memoize.ts";
import { lifeCycleOf } from "../schema/life-cycle.ts";
import { readIdempotencyKey } from "./idempotency-key.ts";
import { readRequestBody, readResponse } from "./messages.ts";
import { entries, type LocatedObject, list, object, text } from "./nodes.ts";
import type { Operation } from "./operation.ts";
import { readParameters } from "./parameters.ts";
import { readRequestTerms } from "./request-terms.ts";
import { type ResourceRole, readResourceRole } from "./resource-role.ts";
import { readSecurity } from "./security.ts";

/** The methods of a path's operations, as OpenAPI writes them. */
export const METHODS: readonly string[] = [
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
];

/**
 * All operations of a document, in document order.
 * @throws DocumentError if the document contradicts itself.
 */
export const listOperations: (document: OpenApiDocument) => readonly Operation[] = memoizeByObject(
  (document) => operationsIn(document, "paths"),
);

/** The operations of a document's paths, or of its webhooks, whose path is the webhook's name. */
export function operationsIn(document: OpenApiDocument, section: "paths" | "webhooks"): Operation[] {
  const operations: Operation[] = [];
  for (const [path, pathItem] of entries(document[section])) {
    const item = object(document, { node: pathItem, pointer: formatPointer([section, path]) });
    for (const [method, node] of Object.entries(item.node)) {
      if (!METHODS.includes(method) || !isObject(node)) continue;
      operations.push(readOperation(document, path, method, node, item));
    }
  }
  return operations;
}

function readOperation(
  document: OpenApiDocument,
  path: string,
  method: string,
  node: JsonObject,
  item: LocatedObject,
): Operation {
  const pointer = `${item.pointer}/${method}`;
  return {
    id: text(node["operationId"]) ?? `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    pointer,
    summary: text(node["summary"]),
    description: text(node["description"]),
    tags: list(node["tags"]).filter((tag) => typeof tag === "string"),
    deprecated: node["deprecated"] === true,
    client: text(node["x-client"]),
    idempotencyKey: readIdempotencyKey(node["x-idempotency-key"], `${pointer}/x-idempotency-key`),
    resource: readResource(document, node["x-resource"], `${pointer}/x-resource`),
    terms: readRequestTerms(node, pointer),
    delivers: node["x-delivers"] === true,
    parameters: readParameters(document, item, { node, pointer }),
    requestBody: readRequestBody(document, node, pointer),
    responses: entries(node["responses"]).map(([status, response]) =>
      readResponse(
        document,
        status,
        object(document, { node: response, pointer: `${pointer}/responses/${status}` }),
      ),
    ),
    security: readSecurity(document, node["security"] ?? document["security"], pointer),
  };
}

/** What an operation does to resources, including what its move sets. */
function readResource(
  document: OpenApiDocument,
  node: Json | undefined,
  place: string,
): ResourceRole | undefined {
  const role = readResourceRole(node, place);
  if (role?.does !== "change" || role.move === undefined) return role;
  const move = lifeCycleOf(document, role.kind)?.moves.find(({ name }) => name === role.move);
  if (move === undefined) throw new DocumentError(`${place}/move`, `${role.kind} has no move ${role.move}`);
  return { ...role, sets: [...move.sets, ...role.sets] };
}
