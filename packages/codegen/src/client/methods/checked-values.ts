import {
  formatPointer,
  jsonContent,
  listOperations,
  listProperties,
  type OpenApiDocument,
  type Operation,
  operationsOfKind,
  parsePointer,
  schemasAt,
  successResponses,
  usualSuccess,
} from "@dots-payouts/openapi";
import { sentContent } from "./form-body.ts";

/** The path to a value, as a list of names. */
type Place = readonly string[];

/** Whether the idempotency key of an operation must be a UUID. */
export function keyIsUuid(document: OpenApiDocument, operation: Operation): boolean {
  const { idempotencyKey } = operation;
  const body = bodySchema(operation);
  if (idempotencyKey === undefined || body === undefined) return false;
  return schemasAt(document, body, idempotencyKey.pointer).some(({ node }) => node["format"] === "uuid");
}

/** The properties of a request body that must be integers, such as an amount in cents. */
export function integerProperties(document: OpenApiDocument, operation: Operation): readonly string[] {
  const body = bodySchema(operation);
  if (body === undefined) return [];
  return listProperties(document, body).flatMap(({ name }) => {
    const parts = schemasAt(document, body, formatPointer([name]));
    const types = parts.flatMap(({ node }) => [node["type"] ?? []].flat());
    return types.includes("integer") && !types.includes("number") ? name : [];
  });
}

/** Where a success has the ID of its resource; `undefined` if `x-resource` does not say. */
export function resourceIdPlace(document: OpenApiDocument, { resource }: Operation): Place | undefined {
  if (resource === undefined || resource.does === "list" || resource.does === "remove") return undefined;
  if (resource.does === "create") return parsePointer(resource.id);
  for (const { resource: creator } of operationsOfKind(document, resource.kind)) {
    if (creator?.does !== "create") continue;
    return [...parsePointer(resource.at), ...parsePointer(creator.id.slice(creator.at.length))];
  }
  return undefined;
}

/** Where a success has its list; `undefined` if `x-resource` does not say. */
export function listPlace({ resource }: Operation): Place | undefined {
  return resource?.does === "list" ? parsePointer(resource.items) : undefined;
}

/** Where a page says whether there are more; `undefined` if `x-resource` does not say. */
export function morePlace({ resource }: Operation): Place | undefined {
  const more = resource?.does === "list" ? resource.page.more : undefined;
  return more === undefined ? undefined : parsePointer(more);
}

/** Where a refusal has its message: in the one string that its schema requires. */
export function messagePlace(document: OpenApiDocument): Place {
  const schemas = listOperations(document).flatMap(({ responses }) => {
    const successes = successResponses(responses);
    return responses.flatMap((response) =>
      successes.includes(response) ? [] : (jsonContent(response.content)?.schema ?? []),
    );
  });
  for (const schema of new Set(schemas)) {
    const texts = listProperties(document, schema).filter(
      ({ name, required }) =>
        required &&
        schemasAt(document, schema, formatPointer([name])).some(({ node }) => node["type"] === "string"),
    );
    const [first, ...others] = texts;
    if (first !== undefined && others.length === 0) return [first.name];
  }
  return [];
}

/** A cursor parameter, and where its value is: in the page, or in its last or first item. */
interface PageCursor {
  readonly parameter: string;
  readonly at?: Place;
  readonly itemAt?: Place;
}

/** The cursors from a page to the next and the previous one, as far as `x-resource` declares them. */
export function cursors({ resource }: Operation): { after?: PageCursor; before?: PageCursor } {
  if (resource?.does !== "list") return {};
  const { after, before, next } = resource.page;
  const cursor = (given: typeof after, at: string | undefined): PageCursor | undefined => {
    if (given?.from !== undefined) return { parameter: given.parameter, itemAt: parsePointer(given.from) };
    return given === undefined || at === undefined
      ? undefined
      : { parameter: given.parameter, at: parsePointer(at) };
  };
  const [forwards, backwards] = [cursor(after, next), cursor(before, undefined)];
  return {
    ...(forwards && { after: forwards }),
    ...(backwards && { before: backwards }),
  };
}

/** The schema of a success's list items; `undefined` if there is none. */
export function itemSchema(
  document: OpenApiDocument,
  { resource, responses }: Operation,
): string | undefined {
  if (resource?.does !== "list") return undefined;
  const page = jsonContent(usualSuccess(responses)?.content ?? [])?.schema;
  const lists = page === undefined ? [] : schemasAt(document, page, resource.items);
  const list = lists.find(({ node }) => node["items"] !== undefined);
  return list && `${list.pointer}/items`;
}

function bodySchema(operation: Operation): string | undefined {
  return sentContent(operation)?.schema;
}
