/** Limits for every sender of a store. `undefined` means no limit. */
export interface Limits {
  /** Requests per second, from all workers together. */
  readonly perSecond: number | undefined;
  /** The most that all rows of the store may pay together, in the unit of the API: cents. */
  readonly maxTotal: number | undefined;
  /** The most that one row may pay. */
  readonly maxAmount: number | undefined;
}

/** Limits to change. `null` lifts one; what is `undefined` stays as it is. */
export type LimitChange = { readonly [Name in keyof Limits]: number | null | undefined };

/** A sender that begins. */
export interface Entry {
  /** Names its credentials. */
  readonly client: string;
  /** Whether they are meant to be another client's than before. */
  readonly isNewClient: boolean;
  readonly limits: LimitChange;
  /** Who it is, for the store's log. */
  readonly who: string;
}

/** Something that a person has set for the whole store. Lines are only ever added. */
export interface LogEntry {
  /** When, in milliseconds since the epoch. */
  readonly at: number;
  /** What was set. */
  readonly event: "per-second" | "max-total" | "max-amount" | "client";
  /** What it was set to. */
  readonly detail: string;
  /** Who it was. */
  readonly who: string;
}
