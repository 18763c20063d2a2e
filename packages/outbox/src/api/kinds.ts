import type { Lists, PlacedValue, Reads } from "@dots-payouts/openapi";

/** What an operation creates, and how it is read back. Pointers lead into the object. */
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
 * Objects of another kind that the API creates when one of our objects changes state, and that point back at it. Their
 * state says more about what happened to it than its own.
 */
export interface FollowUp extends Pick<Kind, "name" | "idAt" | "list" | "read"> {
  /** JSON Pointer into them: the ID of our object. */
  readonly parentAt: string;
  readonly stateAt: string;
  /** Values that distinguish them from others of their kind. */
  readonly sets: readonly PlacedValue[];
}
