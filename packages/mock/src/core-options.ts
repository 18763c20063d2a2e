import type { OpenApiDocument } from "@dots-payouts/openapi";
import type { Credentials } from "./caller/credentials.ts";
import type { Prism } from "./prism/prism.ts";
import type { FreshValues } from "./sample/fresh-values.ts";
import type { JournalEntry } from "./store/journal-entry.ts";
import type { Recorded, Store } from "./store/store.ts";

export interface CoreOptions {
  readonly store: Store;
  readonly credentials: Credentials | undefined;
  readonly seed: number | undefined;
  /** Creates the Prism for a document. Not imported here, because Prism does not run in browsers. */
  readonly prism: (document: OpenApiDocument, seed: number | undefined, fresh: () => FreshValues) => Prism;
  /** Milliseconds before each answer. */
  readonly delay: number;
  /** The share of requests, 0 to 1, whose answer fails in some way. */
  readonly faultRate: number;
  readonly journalSize: number;
  /** Milliseconds since 1970 at which the clock starts. @default the current time */
  readonly now: number | undefined;
  /** Whether suspicious requests are refused. */
  readonly strict: boolean;
  /** Whether resources make their usual moves automatically. */
  readonly auto: boolean;
  /** Whether all clients and apps share all state. */
  readonly shared: boolean;
  /** Requests that the journal starts with, oldest first. */
  readonly earlier: readonly Recorded[];
  readonly onRequest: ((entry: JournalEntry) => void) | undefined;
}
