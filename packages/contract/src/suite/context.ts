import type { Json } from "@dots-payouts/openapi";
import type { Exchange } from "../http/request.ts";
import type { Server } from "../http/server.ts";
import { type Accepted, openAccepted } from "./accepted.ts";
import { type CreatedList, openCreated } from "./created.ts";
import type { Permissions } from "./permissions.ts";
import type { Receiver } from "./receiver.ts";
import type { Suite } from "./suite.ts";
import type { TestedOperation } from "./tested-operation.ts";

/** What a check can use while it runs. */
export interface Context {
  readonly suite: Suite;
  readonly permissions: Permissions;
  readonly server: Server;
  readonly accepted: Accepted;
  readonly created: CreatedList;
  /** Receives what the server delivers; `undefined` if the run does not listen. */
  readonly receiver: Receiver | undefined;
  /** How old keys must be, in milliseconds, before they are sent again at the end of the run. */
  readonly keyAge: number;
  /** The idempotency keys that have created a resource so far. */
  readonly keysUsed: readonly KeyUsed[];
  noteKey(used: Omit<KeyUsed, "at">): void;
  /** The first time of creation at a place: the given one, if there is none yet. */
  firstTime(place: string, made: MadeAt): MadeAt;
  timeAt(place: string): MadeAt | undefined;
  /** Remembers a fresh value; returns the body that returned it before, if any. */
  remember(kind: string, value: string, body: Json | undefined): { body: Json | undefined } | undefined;
}

/** An idempotency key that has created a resource. */
export interface KeyUsed {
  /** The operation's ID. */
  readonly operation: string;
  /** The body that it was sent in. */
  readonly sent: Json;
  readonly exchange: Exchange;
  /** When the answer arrived, by `performance.now()`. */
  readonly at: number;
}

/** When a resource was created. */
export interface MadeAt {
  /** The server's time, in milliseconds. */
  readonly time: number;
  /** When its answer arrived, by `performance.now()`. */
  readonly answered: number;
  readonly exchange: Exchange;
}

export function openContext(
  suite: Suite,
  server: Server,
  permissions: Permissions,
  keyAge: number,
  receiver?: Receiver,
): Context {
  const keysUsed: KeyUsed[] = [];
  const created = openCreated(suite.operations);
  const times = new Map<string, MadeAt>();
  const seen = new Map<string, { body: Json | undefined }>();
  return {
    suite,
    server: {
      ...server,
      async send(request) {
        const exchange = await server.send(request);
        created.note(exchange);
        return exchange;
      },
    },
    created,
    permissions,
    accepted: openAccepted(),
    keyAge,
    receiver,
    keysUsed,
    noteKey: (used) => keysUsed.push({ ...used, at: performance.now() }),
    firstTime(place, made) {
      const first = times.get(place) ?? made;
      times.set(place, first);
      return first;
    },
    timeAt: (place) => times.get(place),
    remember(kind, value, body) {
      const id = `${kind} ${value}`;
      const before = seen.get(id);
      if (before === undefined) seen.set(id, { body });
      return before;
    },
  };
}

/** Whether a body may be sent to this server. */
export function mayBeSent({ permissions }: Context, tested: TestedOperation, body: Json): boolean {
  return permissions.deliveries || tested.body?.delivers(body) !== true;
}
