import { getAt, type LifeCycle, type OpenApiDocument } from "@dots-payouts/openapi";

/** The address of the page about the states of a kind of resource, from the site's root. */
export function lifeUrl(kind: string): string {
  return `reference/states/${kind.replace(/([a-z\d])([A-Z])/g, "$1-$2").toLowerCase()}/`;
}

/** The name of a kind for readers: the title of its schema, or its name as words. */
export function kindTitle(
  document: OpenApiDocument,
  { kind, schema }: Pick<LifeCycle, "kind" | "schema">,
): string {
  const title = getAt(document, `${schema}/title`);
  return typeof title === "string" ? title : kind.replace(/([a-z\d])([A-Z])/g, "$1 $2");
}

export const EVENTS_URL = "reference/events/";

/** The ID of an event's heading on the page of events. */
export function eventId(name: string): string {
  return name.replace(/[^\w]+/g, "-");
}
