import {
  type Event,
  getAt,
  isObject,
  type Json,
  jsonContent,
  listEvents,
  memoizeByObject,
  type OpenApiDocument,
} from "@dots-payouts/openapi";
import { type SchemaError, schemasOf } from "../schema/validators.ts";
import type { Suite } from "../suite/suite.ts";

/** The events that the spec has (`webhooks` with `x-event`). */
export const eventsOf = memoizeByObject((document: OpenApiDocument): readonly Event[] =>
  listEvents(document),
);

/** The name of the event in a body; `undefined` if the body does not have it. */
export function nameIn(suite: Suite, body: Json): string | undefined {
  const names = eventsOf(suite.spec.document).flatMap(({ about }) => about.name ?? []);
  return names.map((pointer) => getAt(body, pointer)).find((value) => typeof value === "string");
}

/**
 * The events that a body can be about: the one that it names, or all that it matches. Empty if the spec has no such
 * event.
 */
export function eventsFor(suite: Suite, body: Json): readonly Event[] {
  const events = eventsOf(suite.spec.document);
  const name = nameIn(suite, body);
  if (name !== undefined) return events.filter((event) => event.name === name);
  return events.filter((event) => {
    const promised = bodyErrors(suite, event, body).filter(
      ({ keyword, place, missing }) => keyword !== "format" && suite.assumption(place, missing) === undefined,
    );
    return promised.length === 0 && idIn(event, body) !== undefined;
  });
}

/** The ID of the resource that an event is about. */
export function idIn({ about }: Event, body: Json): string | undefined {
  const id = about.id.map((pointer) => getAt(body, pointer)).find((value) => value !== undefined);
  return typeof id === "string" || typeof id === "number" ? String(id) : undefined;
}

/** The rules of the spec that the body of an event breaks. If it may have one of several shapes, the closest counts. */
export function bodyErrors({ spec: { document } }: Suite, { request }: Event, body: Json): SchemaError[] {
  const schema = jsonContent(request.requestBody?.content ?? [])?.schema;
  if (schema === undefined) return [];
  const schemas = schemasOf(document);
  const node = getAt(document, schema);
  const shapes = isObject(node) ? node["anyOf"] : undefined;
  if (!Array.isArray(shapes)) return schemas.errors(schema, body);
  const [nearest = []] = shapes
    .map((_, index) => schemas.errors(`${schema}/anyOf/${index}`, body))
    .toSorted((one, other) => one.length - other.length);
  return nearest;
}
