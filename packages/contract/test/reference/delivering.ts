import { createHmac, randomUUID } from "node:crypto";
import { type Event, getAt, isObject, type JsonObject, lifeCycleOf, listEvents } from "@dots-payouts/openapi";
import { document } from "./document.ts";
import type { Behavior, Handling } from "./server.ts";

/** A secret in the form that the provider documents. */
export const WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/** A delivery of an event, the first one or a repeat. */
export interface Sent {
  readonly event: string;
  /** The ID of the delivery. */
  readonly id: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** In seconds since 1970. */
  readonly time: number;
  readonly secret: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
  /** Removes the signature. */
  readonly unsigned?: boolean;
}

/** Changes a delivery; `undefined` prevents it. */
export type Tamper = (sent: Sent) => Sent | undefined;

/** How long after a failure a delivery is repeated, in milliseconds. */
const PAUSE = 20;
const ATTEMPTS = 2;

/** A server that sends signed events to a receiver, and repeats those that were not accepted. */
export function delivering(receiver: () => string, tamper: Tamper = (sent) => sent): Behavior {
  const events = new Map(listEvents(document).map((event) => [event.name, event]));
  const tell = (names: readonly string[], resource: JsonObject): void => {
    for (const name of names) {
      const event = events.get(name);
      if (event !== undefined) void deliver(receiver(), event, bodyOf(event, resource), tamper);
    }
  };
  return {
    make(resource, { operation }) {
      const cycle = cycleOf(operation);
      const state = getAt(resource, cycle?.state ?? "");
      tell(cycle?.initial.find((initial) => initial.state === state)?.fires ?? [], resource);
      return resource;
    },
    found(found, { operation }) {
      const role = operation.resource;
      const resource = role?.does === "change" ? getAt(found.body, role.at) : undefined;
      if (role?.does !== "change" || found.status !== 200 || !isObject(resource)) return found;
      const move = cycleOf(operation)?.moves.find(({ name }) => name === role.move);
      tell(move?.fires ?? [], resource);
      return found;
    },
  };
}

function cycleOf({ resource }: Handling["operation"]) {
  return resource === undefined ? undefined : lifeCycleOf(document, resource.kind);
}

/** The resource, or only its ID. */
function bodyOf({ name, about }: Event, resource: JsonObject): JsonObject {
  if (about.id.length === 1) return { ...resource, event: name };
  return { event: name, [about.id[0]?.slice(1) ?? ""]: resource["id"] ?? null };
}

async function deliver(url: string, event: Event, body: JsonObject, tamper: Tamper): Promise<void> {
  const id = `msg_${randomUUID()}`;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const sent = tamper({
      event: event.name,
      id,
      attempt,
      time: Math.floor(Date.now() / 1_000),
      secret: WEBHOOK_SECRET,
      headers: { "content-type": "application/json" },
      body,
    });
    if (sent === undefined) return;
    // If the receiver is gone at the end of the run, nothing more is sent.
    const response = await send(url, sent).catch(() => undefined);
    if (response === undefined || response.ok) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

function send(url: string, { id, time, secret, headers, body, unsigned }: Sent): Promise<Response> {
  const text = JSON.stringify(body);
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${time}.${text}`).digest("base64");
  const signed = { "svix-id": id, "svix-timestamp": String(time), "svix-signature": `v1,${signature}` };
  return fetch(url, {
    method: "POST",
    headers: unsigned ? headers : { ...headers, ...signed },
    body: text,
  });
}
