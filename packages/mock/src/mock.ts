import type { KnownResource } from "./life/known-resource.ts";
import type { MockNamespace } from "./mock-namespace.ts";
import type { SpecSource } from "./spec/read-spec.ts";
import type { SpecFile } from "./spec/spec-file.ts";
import type { JournalEntry } from "./store/journal-entry.ts";
import type { MockWebhooks } from "./webhooks/mock-webhooks.ts";
import type { PendingAnswer, PlannedAnswer } from "./wishes/planned-answers.ts";

/** The clock of a mock. */
export interface MockClock {
  /** The current time of this clock. */
  now(): Date;
  /** @throws MockError for an invalid time. */
  set(time: string | number | Date): void;
  /** Moves it forward, by `"25h"`, `"90s"` or milliseconds. @throws MockError for an invalid duration. */
  advance(duration: string | number): void;
}

/** A running mock. */
export interface Mock {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  /** The last requests with what happened to them, oldest first. */
  readonly requests: readonly JournalEntry[];
  /**
   * The files that may change the spec, each with its state when it was read: those that the spec was read from, and
   * those that a failed `reload` looked for. Empty if the spec was passed as a document.
   */
  readonly specFiles: readonly SpecFile[];
  /**
   * Plans how the next requests are answered. Several plans are used one after the other.
   * @param times the number of requests @default 1
   * @throws MockError for an answer that HTTP cannot carry, or that could never be used.
   */
  respondNext(answer: PlannedAnswer, times?: number): void;
  /** The planned answers that no request has used yet. */
  readonly pending: readonly PendingAnswer[];
  /**
   * Makes a move of a resource, as a person, your team or the server would: `await mock.move(link.id, "claim")`. The
   * spec's states declare the moves. Returns the resource after it.
   * @throws MockError if there is no such resource or move, or the resource's state does not allow it.
   */
  move(id: string, move: string): Promise<KnownResource>;
  /** All resources, with the moves that each can make. */
  resources(): Promise<readonly KnownResource[]>;
  /** The events sent to `webhookUrl`. */
  readonly webhooks: MockWebhooks;
  /**
   * Everything that belongs to one client ID, and to the app that these headers name: its resources, requests, planned
   * answers and events. Other clients see none of it.
   */
  namespace(client: string, headers?: Readonly<Record<string, string>>): MockNamespace;
  /** The mock's clock: idempotency keys expire by it, and new resources get its time. */
  readonly clock: MockClock;
  /**
   * Reads the spec again, or switches to another one, from the next request on. Existing data is kept.
   * @throws MockError if it cannot be served. The last good one then stays in use.
   */
  reload(spec?: SpecSource): Promise<void>;
  /** Forgets requests, resources, keys and planned answers; with a seed, IDs and times start over. */
  reset(): Promise<void>;
  /**
   * Lets open requests finish and frees the port.
   * @throws MockError in a strict mock, if planned answers were never used. The mock is still closed.
   */
  close(): Promise<void>;
  /** Same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
