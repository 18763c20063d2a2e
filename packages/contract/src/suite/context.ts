import type { Json } from "@dots-payouts/openapi";
import type { Server } from "../http/server.ts";
import type { Permissions } from "./permissions.ts";
import type { Suite } from "./suite.ts";
import type { TestedOperation } from "./tested-operation.ts";

/** What a check has at hand while it runs. */
export interface Context {
  readonly suite: Suite;
  readonly permissions: Permissions;
  readonly server: Server;
  /** Remembers a fresh value; returns the body that brought it before, if one did. */
  remember(kind: string, value: string, body: Json | undefined): { body: Json | undefined } | undefined;
}

export function openContext(suite: Suite, server: Server, permissions: Permissions): Context {
  const seen = new Map<string, { body: Json | undefined }>();
  return {
    suite,
    server,
    permissions,
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
