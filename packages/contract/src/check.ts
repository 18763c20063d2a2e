import type { Json } from "@dots-payouts/openapi";
import type { Credentials } from "./credentials.ts";
import type { Exchange } from "./http/request.ts";
import type { Server } from "./http/server.ts";
import type { Schemas } from "./schemas.ts";
import type { Spec } from "./spec.ts";
import type { Subject } from "./subject.ts";

/** The kinds of promise. */
export type Group = "accepts" | "refuses" | "answers" | "authenticates" | "idempotency" | "survives";

/** One promise of the spec, and how to find out whether it is kept. */
export interface Check {
  /** Stable from run to run: `createThing/refuses/size-missing`. */
  readonly id: string;
  /** The operation's ID. */
  readonly operation: string;
  readonly group: Group;
  /** The promise in words. */
  readonly title: string;
  /** JSON Pointer to the promise in the spec. */
  readonly place: string;
  /** How many resources a server that keeps the spec makes for this check, at most. */
  readonly creates: number;
  /** Why the promise cannot be checked here. */
  readonly unable?: string;
  /** Talks to the server. None where the promise is kept. */
  run(context: Context): Promise<readonly Violation[]>;
}

/** What is known before the first request, and what checks are made from. */
export interface Suite {
  readonly spec: Spec;
  readonly schemas: Schemas;
  readonly subjects: readonly Subject[];
  readonly credentials: Credentials;
  readonly seed: number;
}

/** What a check has at hand while it runs. */
export interface Context {
  readonly suite: Suite;
  readonly server: Server;
  /** Remembers a fresh value; returns the body that brought it before, if one did. */
  remember(kind: string, value: string, body: Json | undefined): { body: Json | undefined } | undefined;
}

/** A promise that was not kept. */
export interface Violation {
  /** What is wrong, in words that are the same for every symptom of one cause. */
  readonly cause: string;
  /** What the spec promises here, in words. */
  readonly expected: string;
  /** JSON Pointer to the promise in the spec. */
  readonly place: string;
  /** What was sent and what came back; the last one shows it. */
  readonly exchanges: readonly Exchange[];
}
