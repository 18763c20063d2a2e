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

/** A sender that starts. */
export interface Entry {
  /** Identifies its credentials. */
  readonly client: string;
  /** Whether they may be those of another client than before. */
  readonly isNewClient: boolean;
  readonly limits: LimitChange;
  /** Who it is, for the store's log. */
  readonly who: string;
}

/** A setting that a person made for the whole store. Entries are only ever added. */
export interface LogEntry {
  /** When, in milliseconds since the epoch. */
  readonly at: number;
  /** What was set. */
  readonly event: "per-second" | "max-total" | "max-amount" | "client";
  /** Its new value. */
  readonly detail: string;
  /** Who it was. */
  readonly who: string;
}
