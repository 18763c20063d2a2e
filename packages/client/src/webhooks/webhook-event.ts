import { type EventBodies, eventSubjects, type ResourceKind } from "../generated/webhooks.ts";
import type { EventSubject } from "../runtime/event-subject.ts";
import { valueAt } from "../runtime/json.ts";

/** A webhook with a valid signature. */
export interface WebhookEvent {
  /** Stays the same when a delivery is repeated, and is the only way to recognize a repeat: bodies have no event ID. */
  readonly deliveryId: string;
  /** When this delivery was signed. */
  readonly sentAt: Date;
  /** The name of the event, if the body has it. It may be one that this version does not know. */
  readonly event?: string;
  /** What the event is about, as far as the body says. Read it from the API for its current state. */
  readonly resource?: { readonly kind: ResourceKind; readonly id: string };
  /** The JSON that was signed. It is not checked against the description of the API. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** An event that this version knows: its name determines the type of its body. */
export type KnownWebhookEvent = {
  readonly [Name in keyof EventBodies]: WebhookEvent & {
    readonly event: Name;
    readonly body: EventBodies[Name];
  };
}[keyof EventBodies];

/** Whether the body names an event that this version knows. A `switch` over `event` then narrows the type of `body`. */
export function isKnownEvent(event: WebhookEvent): event is KnownWebhookEvent {
  return event.event !== undefined && isKnown(event.event);
}

/**
 * What a body says about its event.
 * @internal
 */
export function describeEvent(body: WebhookEvent["body"]): Pick<WebhookEvent, "event" | "resource"> {
  const event = subjects
    .map(({ name }) => name && valueAt(body, name))
    .find((value) => typeof value === "string" && value !== "");
  const named = typeof event === "string" ? { event } : {};
  const found = typeof event === "string" && isKnown(event) ? known(event, body) : unknown(event, body);
  return found === undefined ? named : { ...named, resource: { kind: found.kind, id: found.id } };
}

interface Found {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly own: boolean;
}

const subjects: readonly EventSubject<ResourceKind>[] = Object.values(eventSubjects);

function isKnown(name: string): name is keyof EventBodies {
  return Object.hasOwn(eventSubjects, name);
}

function known(event: keyof EventBodies, body: WebhookEvent["body"]): Found | undefined {
  return resourcesIn(eventSubjects[event], body)[0];
}

/**
 * What an event with no name or an unknown name is about: the resource for which the known events agree on an ID in
 * this body. A resource may contain other IDs too, so its own takes precedence. But an event with an unknown name may
 * be about an unknown kind of resource, so its ID is not guessed.
 */
function unknown(event: unknown, body: WebhookEvent["body"]): Found | undefined {
  const found = subjects.flatMap((subject) => resourcesIn(subject, body).slice(0, 1));
  const own = found.filter((resource) => resource.own);
  if (own.length > 0 && event !== undefined) return undefined;
  const [first, ...others] = own.length > 0 ? own : found;
  const agree = others.every(({ kind, id }) => kind === first?.kind && id === first.id);
  return agree ? first : undefined;
}

function resourcesIn({ kind, ids }: EventSubject<ResourceKind>, body: WebhookEvent["body"]): Found[] {
  return ids.flatMap(({ at, own = false }) => {
    const id = valueAt(body, at);
    return typeof id === "string" && id !== "" ? [{ kind, id, own }] : [];
  });
}
