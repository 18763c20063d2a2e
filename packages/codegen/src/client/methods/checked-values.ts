import {
  formatPointer,
  jsonContent,
  listProperties,
  type OpenApiDocument,
  type Operation,
  parsePointer,
  schemasAt,
} from "@dots-payouts/openapi";
import { operationsOf } from "../document/operations-of.ts";

/** Where a value stands: the names that lead there. */
type Place = readonly string[];

/** Whether the idempotency key of an operation has to be a UUID. */
export function keyIsUuid(document: OpenApiDocument, operation: Operation): boolean {
  const { idempotencyKey } = operation;
  const body = bodySchema(operation);
  if (idempotencyKey === undefined || body === undefined) return false;
  return schemasAt(document, body, idempotencyKey.pointer).some(({ node }) => node["format"] === "uuid");
}

/** How many schemas of a body are looked through. Those that refer to each other have places without end. */
const MOST = 500;

/** The places in a request body, lists apart, where nothing but an integer may stand: the outer ones first. */
export function integerPlaces(document: OpenApiDocument, operation: Operation): readonly Place[] {
  const body = bodySchema(operation);
  const found: Place[] = [];
  const queue: { schema: string; path: Place; above: readonly string[] }[] =
    body === undefined ? [] : [{ schema: body, path: [], above: [body] }];
  for (const { schema, path, above } of queue) {
    for (const { name, schemas } of listProperties(document, schema)) {
      const here = [...path, name];
      const parts = schemasAt(document, schema, formatPointer([name]));
      const types = new Set(parts.flatMap(({ node }) => [node["type"] ?? []].flat()));
      if (types.has("integer") && !types.has("number")) found.push(here);
      for (const { pointer } of schemas) {
        if (above.includes(pointer) || queue.length >= MOST) continue;
        queue.push({ schema: pointer, path: here, above: [...above, pointer] });
      }
    }
  }
  return [...new Map(found.map((place) => [formatPointer(place), place])).values()];
}

/** Where the ID of the resource stands that a success brings; `undefined` where `x-resource` does not say. */
export function resourceIdPlace(document: OpenApiDocument, { resource }: Operation): Place | undefined {
  if (resource === undefined || resource.does === "list" || resource.does === "remove") return undefined;
  const creators = operationsOf(document).flatMap(({ resource: other }) =>
    other?.does === "create" && other.kind === resource.kind ? other.id : [],
  );
  const pointer = resource.does === "create" ? resource.id : creators[0];
  return pointer === undefined ? undefined : parsePointer(pointer);
}

/** Where the list stands that a success brings; `undefined` where `x-resource` does not say. */
export function listPlace({ resource }: Operation): Place | undefined {
  return resource?.does === "list" ? parsePointer(resource.items) : undefined;
}

function bodySchema({ requestBody }: Operation): string | undefined {
  return jsonContent(requestBody?.content ?? [])?.schema;
}
