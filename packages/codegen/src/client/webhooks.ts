import {
  type Event,
  jsonContent,
  lifeCycleOf,
  listEvents,
  listProperties,
  type OpenApiDocument,
  parsePointer,
} from "@dots-payouts/openapi";
import { docComment } from "../text/doc-comment.ts";
import { literal } from "../text/literal.ts";
import { schemaAt } from "./types/schema-type.ts";
import { namesIn } from "./types/type-names.ts";

/** The events of the API: the types of their bodies, and where in a body the names and IDs are. */
export function webhooks(opened: OpenApiDocument): string {
  const events = listEvents(opened);
  const bodies = events.map((event) => {
    const { summary, description } = event.request;
    const comment = docComment([summary === undefined ? summary : `${summary}.`, description], "  ");
    return `${comment}  readonly ${JSON.stringify(event.name)}: ${bodyType(opened, event)};\n`;
  });
  const kinds = [...new Set(events.map(({ about }) => about.kind))].map((kind) => JSON.stringify(kind));
  const names = namesIn(opened, bodies.join(""));
  const subjects = events.map((event) => `  ${JSON.stringify(event.name)}: ${subjectOf(opened, event)},\n`);
  return `import type { EventSubject } from "../runtime/event-subject.ts";
${names.length === 0 ? "" : `import type { ${names.join(", ")} } from "./schema.ts";\n`}
/** The body of each event. It also has fields that the API adds later. */
export interface EventBodies {
${bodies.join("")}}

/** What an event can be about. */
export type ResourceKind = ${kinds.length === 0 ? "never" : kinds.join(" | ")};

/** What each event is about, and where its body says so. */
export const eventSubjects: Readonly<Record<keyof EventBodies, EventSubject<ResourceKind>>> = {
${subjects.join("")}};
`;
}

function bodyType(document: OpenApiDocument, { request }: Event): string {
  const schema = jsonContent(request.requestBody?.content ?? [])?.schema;
  return schema === undefined ? "unknown" : schemaAt(document, schema).text;
}

function subjectOf(document: OpenApiDocument, { about }: Event): string {
  const ids = about.id.map((pointer) => ({
    at: parsePointer(pointer),
    ...(isOwn(document, about, pointer) ? { own: true } : {}),
  }));
  const name = about.name === undefined ? {} : { name: parsePointer(about.name) };
  return literal({ kind: about.kind, ...name, ids }, "  ");
}

/** Whether the body is the resource, with its ID under the resource's own name for it. */
function isOwn(document: OpenApiDocument, about: Event["about"], pointer: string): boolean {
  const schema = lifeCycleOf(document, about.kind)?.schema;
  const [name, ...deeper] = parsePointer(pointer);
  if (schema === undefined || deeper.length > 0 || !about.resource.includes("")) return false;
  return listProperties(document, schema).some((property) => property.name === name);
}
