import type { Lists, PlacedValue, Reads } from "@dots-payouts/openapi";

/** What an operation makes, and how it is read back. Pointers lead into the object. */
export interface Kind {
  readonly name: string;
  readonly idAt: string;
  readonly referenceAt: string | undefined;
  readonly createdAt: string | undefined;
  readonly fateAt: string | undefined;
  readonly list: { readonly method: string; readonly role: Lists } | undefined;
  readonly read: { readonly method: string; readonly role: Reads } | undefined;
  readonly followUps: readonly FollowUp[];
}

/**
 * Objects of another kind that the API makes when an object of ours moves on, and that point back at it. Their state says
 * more of what happened to it than its own.
 */
export interface FollowUp extends Pick<Kind, "name" | "idAt" | "list" | "read"> {
  /** JSON Pointer into them: the ID of the object of ours. */
  readonly parentAt: string;
  readonly stateAt: string;
  /** Values by which they are told from others of their kind. */
  readonly sets: readonly PlacedValue[];
}
