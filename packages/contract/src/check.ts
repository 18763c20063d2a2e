import type { Json } from "@dots-payouts/openapi";
import type { Exchange } from "./http/request.ts";
import type { Server } from "./http/server.ts";
import type { Fault } from "./schema/validators.ts";
import type { Suite } from "./suite/suite.ts";

/** The kinds of promise. */
export type Group =
  | "accepts"
  | "refuses"
  | "answers"
  | "authenticates"
  | "idempotency"
  | "resources"
  | "survives";

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
  /** Why the promise cannot be checked, whatever the server. */
  readonly unable?: string;
  /** The bodies that are sent, so that those which would reach a person can be held back. */
  readonly bodies?: readonly Json[];
  /** Whether a value is sent that moves much if it stands for money. */
  readonly large?: boolean;
  /** JSON Pointers to the rules of the spec that the check exercises, beside those that its answers do. */
  readonly rules?: readonly string[];
  /** Talks to the server. None where the promise is kept. */
  run(context: Context): Promise<readonly Violation[]>;
}

/** What may not be done to a server. */
export interface Limits {
  /** Whether requests may make the server write to a person. */
  readonly deliveries: boolean;
  /** Whether large values may be sent. */
  readonly large: boolean;
}

/** What a check has at hand while it runs. */
export interface Context {
  readonly suite: Suite;
  readonly limits: Limits;
  readonly server: Server;
  /** Remembers a fresh value; returns the body that brought it before, if one did. */
  remember(kind: string, value: string, body: Json | undefined): { body: Json | undefined } | undefined;
}

/** A promise that was not kept. */
export interface Violation {
  /** What kind of thing is wrong, in words. Many causes of one kind in one operation are one cause. */
  readonly kind: string;
  /** What is wrong, in words that are the same for every symptom of one cause. */
  readonly cause: string;
  /** What the spec promises here, in words. */
  readonly expected: string;
  /** JSON Pointer to the promise in the spec. */
  readonly place: string;
  /** What was sent and what came back; the last one shows it. */
  readonly exchanges: readonly Exchange[];
  /** How to try with a smaller body; absent where the body is not what shows it. */
  readonly again?: Again;
}

/** A way to find the smallest request that shows a violation. */
export interface Again {
  readonly body: Json;
  /** The rules that a body breaks: a smaller one must be as valid, or as invalid. */
  faults(body: Json): readonly Fault[];
  /** Sends another body and judges its answer in the same way. */
  send(body: Json): Promise<readonly Violation[]>;
}
