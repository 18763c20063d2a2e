import type { Json } from "@dots-payouts/openapi";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import type { Context } from "../suite/context.ts";

/** The kinds of promise. */
export type Group =
  | "accepts"
  | "refuses"
  | "answers"
  | "authenticates"
  | "idempotency"
  | "resources"
  | "survives"
  | "webhooks";

/** One promise of the spec, and how to find out whether it is kept. */
export interface Check {
  /** The same in every run. */
  readonly id: string;
  /** The operation's ID. */
  readonly operation: string;
  readonly group: Group;
  /** The promise as a sentence. */
  readonly title: string;
  /** JSON Pointer to the promise in the spec. */
  readonly place: string;
  /** How many resources a correct server creates for this check, at most. */
  readonly creates: number;
  /** Why the promise cannot be checked, whatever the server. */
  readonly unable?: string;
  /** The bodies to send, so that those that would message a person can be held back. */
  readonly bodies?: readonly Json[];
  /** What is sent to other operations, each of which creates another resource. */
  readonly elsewhere?: readonly { readonly operation: string; readonly body: Json }[];
  /** `last`: after all others, one at a time. */
  readonly phase?: "last";
  /** Whether a value is sent that would be a large amount if it is money. */
  readonly large?: boolean;
  /** JSON Pointers to the rules of the spec that the check exercises, besides those exercised by its answers. */
  readonly rules?: readonly string[];
  /** Why the promise could not be exercised in this run, if that is only known afterwards. */
  hindrance?(context: Context): Promise<string | undefined>;
  /** Runs the check against the server. Empty if the promise is kept. */
  run(context: Context): Promise<readonly BrokenPromise[]>;
}

/** The name of a check. Its ID is the same in every run: `createThing/refuses/size-missing`. */
export function named(
  operation: string,
  group: Group,
  name: string,
  title: string,
): Pick<Check, "id" | "operation" | "group" | "title"> {
  return { id: `${operation}/${group}/${name}`, operation, group, title };
}

/** A string as part of an ID: lower-case letters, digits and hyphens. */
export function slug(text: string): string {
  const words = text
    .replace(/(?<=\s)-(?=[\d.])/g, "minus ")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return words === "" ? "empty" : words.slice(0, 80);
}
