import type { JournalEntry } from "./journal/entry.ts";
import type { KnownResource } from "./life/known-resource.ts";
import type { MockNamespace } from "./mock-namespace.ts";
import type { SpecSource } from "./spec/read-spec.ts";
import type { SpecFile } from "./spec/spec-file.ts";
import type { MockWebhooks } from "./webhooks/mock-webhooks.ts";
import type { PendingAnswer, PlannedAnswer } from "./wishes/planned-answers.ts";

/** The clock of a mock. */
export interface MockClock {
  /** The time by this clock. */
  now(): Date;
  /** @throws MockError for what is no time. */
  set(time: string | number | Date): void;
  /** Moves it forward, by `"25h"`, `"90s"` or milliseconds. @throws MockError for what is no duration. */
  advance(duration: string | number): void;
}

/** A running mock. */
export interface Mock {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  /** The last requests with what became of them, oldest first. */
  readonly requests: readonly JournalEntry[];
  /**
   * The files whose change may change the spec, each in the state it was read in: those that it was read from, and those
   * that a `reload` which failed looked for. None where it was given as a document.
   */
  readonly specFiles: readonly SpecFile[];
  /**
   * Plans how the next requests are answered. Several plans are used one after the other.
   * @param times for how many requests @default 1
   * @throws MockError for an answer that HTTP cannot carry, or that could never be used.
   */
  respondNext(answer: PlannedAnswer, times?: number): void;
  /** The planned answers that no request has used yet. */
  readonly pending: readonly PendingAnswer[];
  /**
   * Makes a move of a resource, as a person, your team or the server would: `await mock.move(link.id, "claim")`. The
   * spec's states say which there are. Returns the resource after it.
   * @throws MockError when there is no such resource or move, or the resource's state does not allow it.
   */
  move(id: string, move: string): Promise<KnownResource>;
  /** What there is, with the moves that each can make. */
  resources(): Promise<readonly KnownResource[]>;
  /** The events that are told to `webhookUrl`. */
  readonly webhooks: MockWebhooks;
  /**
   * What belongs to one client ID, and to the app that these headers name: what it made and sent, its planned answers and
   * its events. Nothing of it is seen by another.
   */
  namespace(client: string, headers?: Readonly<Record<string, string>>): MockNamespace;
  /** The time that the mock lives by: idempotency keys end by it, and what is created has its time. */
  readonly clock: MockClock;
  /**
   * Reads the spec again, or serves another one, from the next request on. What is remembered is kept.
   * @throws MockError when it cannot be served. The last good one goes on being served then.
   */
  reload(spec?: SpecSource): Promise<void>;
  /** Forgets what it was sent and what was planned; with a seed, IDs and times start over. */
  reset(): Promise<void>;
  /**
   * Lets open requests finish and frees the port.
   * @throws MockError where planned answers were never used, if the mock is strict. It is closed all the same.
   */
  close(): Promise<void>;
  /** Does what `close()` does, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
