import type { OpenApiDocument } from "@dots-payouts/openapi";
import type { Credentials } from "./answer/credentials.ts";
import type { JournalEntry } from "./journal/entry.ts";
import type { Prism } from "./prism/prism.ts";
import type { FreshValues } from "./sample/fresh-values.ts";
import type { Recorded, Store } from "./store/store.ts";

export interface CoreOptions {
  readonly store: Store;
  readonly credentials: Credentials | undefined;
  readonly seed: number | undefined;
  /** Makes the Prism of a document. It is not imported here: a browser has none. */
  readonly prism: (document: OpenApiDocument, seed: number | undefined, fresh: () => FreshValues) => Prism;
  /** Milliseconds before each answer. */
  readonly delay: number;
  /** The share of requests, 0 to 1, whose answer does not arrive as it should. */
  readonly faultRate: number;
  readonly journalSize: number;
  /** Milliseconds since 1970 at which the clock starts; the time of day where nothing is said. */
  readonly now: number | undefined;
  /** Whether a request that is odd is refused. */
  readonly strict: boolean;
  /** Whether what usually happens to resources happens by itself. */
  readonly auto: boolean;
  /** Whether all clients and apps share what there is. */
  readonly shared: boolean;
  /** Requests that the journal begins with, oldest first. */
  readonly earlier: readonly Recorded[];
  readonly onRequest: ((entry: JournalEntry) => void) | undefined;
}
