import { DocumentError, type OpenApiDocument } from "../document/document.ts";
import { Extension } from "../document/extension.ts";
import type { Json } from "../json/json.ts";
import { getAt } from "../json/pointer.ts";
import { operationsIn } from "./list-operations.ts";
import type { Operation } from "./operation.ts";

/** An event that the server sends: a webhook with `x-event`. */
export interface Event {
  /** The name of the webhook, as the server writes it. */
  readonly name: string;
  /** What the receiver gets: a request with a body. */
  readonly request: Operation;
  readonly about: EventSubject;
}

/** `x-event`: which resource an event is about. */
export interface EventSubject {
  /** The kind of resource, as in `x-resource`. */
  readonly kind: string;
  /** JSON Pointer into the body: where the name of the event is, if the body has it. */
  readonly name: string | undefined;
  /** JSON Pointers into the body: where the ID of the resource can be. The first one present counts. */
  readonly id: readonly string[];
  /** JSON Pointers into the body: where the resource itself can be. Empty: the body is the resource. */
  readonly resource: readonly string[];
  /** Where a resource of another kind has this ID; `undefined` if the kind has its own operations. */
  readonly of: { readonly kind: string; readonly at: string } | undefined;
}

/**
 * The events of a document, in document order. Webhooks without `x-event` are left out.
 * @throws DocumentError if one can't be read
 */
export function listEvents(document: OpenApiDocument): Event[] {
  return operationsIn(document, "webhooks").flatMap((request): Event[] => {
    const place = `${request.pointer}/x-event`;
    const about = getAt(document, place);
    if (about === undefined) return [];
    return [{ name: request.path, request, about: readEventSubject(about, place) }];
  });
}

/** Reads `x-event`. @throws DocumentError if it can't be read */
export function readEventSubject(node: Json, place: string): EventSubject {
  const event = new Extension(node, place, ["kind", "name", "id", "resource", "of"]);
  const id = event.pointers("id");
  if (id.length === 0) throw new DocumentError(event.at("id"), "a place where the ID can be is needed");
  const name = event.pointerIfAny("name");
  if (name === "") throw new DocumentError(event.at("name"), "the body itself is not a name");
  return {
    kind: event.text("kind"),
    name,
    id,
    resource: event.pointers("resource"),
    of: event.has("of") ? readOwner(event) : undefined,
  };
}

function readOwner(event: Extension): { kind: string; at: string } {
  const owner = new Extension(event.node["of"], event.at("of"), ["kind", "at"]);
  return { kind: owner.text("kind"), at: owner.pointer("at") };
}
