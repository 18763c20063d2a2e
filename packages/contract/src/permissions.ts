import { type Json, listServers } from "@dots-payouts/openapi";
import { CannotRun } from "./cannot-run.ts";
import type { Check, Context, Limits } from "./check.ts";
import type { Server } from "./http/server.ts";
import type { Subject } from "./suite/subject.ts";
import type { Suite } from "./suite/suite.ts";

/** What somebody has to allow by name, since it cannot be taken back. */
export interface Permissions {
  /** Run against a server that the spec calls production. @default false */
  readonly allowProduction?: boolean | undefined;
  /** Send requests that make the server write to a person. @default only to this machine */
  readonly allowDeliveries?: boolean | undefined;
}

/**
 * What may be done to a server.
 * @throws CannotRun when it is the spec's production server and nobody has allowed that
 */
export function limitsOf(suite: Suite, server: Server, permissions: Permissions): Limits {
  const production = listServers(suite.spec.document).some(
    ({ url, environment }) =>
      environment === "production" && URL.canParse(url) && new URL(url).hostname === server.base.hostname,
  );
  if (production && permissions.allowProduction !== true) {
    throw new CannotRun(
      `${server.base.hostname} is the production server of the spec: a run creates real things there, and may cost money. Use the sandbox, or say --allow-production.`,
    );
  }
  return {
    deliveries: permissions.allowDeliveries ?? server.loopback,
    large: !production,
  };
}

const DELIVERS =
  "the request would make the server write to a person, which only happens on this machine or with --allow-deliveries";
const LARGE = "the request has a large value in it, which is not sent to a production server";

/** Why a check cannot be exercised; `undefined` where it can. */
export function reasonAgainst(check: Check, suite: Suite, limits: Limits): string | undefined {
  if (check.unable !== undefined) return check.unable;
  if (check.large === true && !limits.large) return LARGE;
  const subject = suite.subjects.find(({ operation }) => operation.id === check.operation);
  const delivering = check.bodies?.some((body) => subject?.body?.delivers(body) === true);
  return delivering === true && !limits.deliveries ? DELIVERS : undefined;
}

/** Whether a body may be sent to this server. */
export function mayBeSent({ limits }: Context, subject: Subject, body: Json): boolean {
  return limits.deliveries || subject.body?.delivers(body) !== true;
}
