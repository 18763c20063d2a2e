import { listServers } from "@dots-payouts/openapi";
import { CannotRun } from "../errors/cannot-run.ts";
import type { Server } from "../http/server.ts";
import type { Suite } from "./suite.ts";

/** What must be allowed explicitly, because it cannot be undone. */
export interface PermissionOptions {
  /** Run against a server that the spec calls production. @default false */
  readonly allowProduction?: boolean | undefined;
  /** Send requests that make the server message a person. @default only to this machine */
  readonly allowDeliveries?: boolean | undefined;
}

/** What may be done to a server. */
export interface Permissions {
  /** Whether requests may make the server message a person. */
  readonly deliveries: boolean;
  /** Whether large values may be sent. */
  readonly large: boolean;
}

/**
 * What may be done to a server.
 * @throws CannotRun if it is the spec's production server and that is not allowed
 */
export function permissionsFor(suite: Suite, server: Server, options: PermissionOptions): Permissions {
  const production = listServers(suite.spec.document).some(
    ({ url, environment }) =>
      environment === "production" && URL.canParse(url) && new URL(url).hostname === server.base.hostname,
  );
  if (production && options.allowProduction !== true) {
    throw new CannotRun(
      `${server.base.hostname} is the production server of the spec: a run creates real things there, and may cost money. Use the sandbox, or add --allow-production.`,
    );
  }
  return {
    deliveries: options.allowDeliveries ?? server.loopback,
    large: !production,
  };
}
