import { wantedCredentials } from "./answer/credentials.ts";
import { Core } from "./core.ts";
import { listen } from "./http/listener.ts";
import { createProxy, upstreamOf } from "./http/proxy.ts";
import type { JournalEntry } from "./journal/entry.ts";
import type { KnownResource } from "./life/known-resource.ts";
import { MockError } from "./mock-error.ts";
import { checkOptions, type MockOptions } from "./options/mock-options.ts";
import { lazyPrism } from "./prism/prism.ts";
import { defaultSpecFile, readSpec, type SpecSource } from "./spec/read-spec.ts";
import { type SpecFile, specFile } from "./spec/spec-file.ts";
import { openStore } from "./store/open-store.ts";
import { type MockWebhooks, mockWebhooks } from "./webhooks/mock-webhooks.ts";
import { tellReceiver } from "./webhooks/tell-receiver.ts";
import { Refusal } from "./wire/refusal.ts";
import type { PendingAnswer, PlannedAnswer } from "./wishes/planned-answers.ts";

/** The clock of a mock. */
export interface MockClock {
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
  /** The time that the mock lives by: idempotency keys end by it, and what is created has its time. */
  readonly clock: MockClock;
  /**
   * Reads the spec anew, or serves another one, from the next request on. What is remembered is kept.
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
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a mock of the API in this process.
 * @throws MockError when the port is taken, the spec is missing or cannot be served, or the store cannot be opened.
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const {
    port,
    host,
    requestTimeout,
    allowHost,
    allowOrigin,
    receiver,
    webhookShape,
    certificate,
    ...checked
  } = checkOptions(options);
  const { bodyLimit, journalSize, strict, username, password } = checked;
  const upstream = checked.proxy === undefined ? undefined : upstreamOf(checked.proxy);
  let source = checked.spec ?? defaultSpecFile();
  let files: readonly SpecFile[];
  const first: SpecFile[] = [];
  const document = await readSpec(source, first);
  files = first;
  const store = await openStore(checked.store, journalSize, strict);
  const start = async () => {
    const core = new Core(document, {
      ...checked,
      store,
      credentials: wantedCredentials(username, password),
      prism: lazyPrism,
      earlier: await store.recorded(journalSize),
    });
    const webhooks = receiver === undefined ? undefined : tellReceiver(core, receiver, webhookShape);
    const listener = await listen(core, {
      webhooks,
      ...{ port, host, requestTimeout, bodyLimit, certificate },
      allowedHosts: allowHost,
      allowedOrigins: allowOrigin,
      forward: upstream === undefined ? undefined : createProxy(core, upstream, bodyLimit),
    });
    return { core, listener, webhooks };
  };
  const { core, listener, webhooks } = await start().catch(async (error: unknown) => {
    await store.close();
    throw error instanceof Refusal ? new MockError(error.message) : error;
  });
  let closing: Promise<void> | undefined;
  const stop = async () => {
    const unused = strict ? core.pending : [];
    core.hurry();
    webhooks?.close();
    await listener.close();
    await store.close();
    if (unused.length > 0) throw neverUsed(unused);
  };
  const close = () => {
    closing ??= stop();
    return closing;
  };
  return {
    url: listener.url,
    get requests() {
      return core.journal.entries;
    },
    respondNext(answer, times = 1) {
      if (upstream !== undefined) throw new MockError("A proxy gives the real server's answers only.");
      core.plan(answer, times);
    },
    get pending() {
      return core.pending;
    },
    move: (id, move) => core.move(id, move).catch(asMockError),
    resources: () => core.resources().catch(asMockError),
    webhooks: mockWebhooks(webhooks),
    clock: clockOf(core),
    get specFiles() {
      return files;
    },
    async reload(spec = source) {
      const read: SpecFile[] = [];
      try {
        core.serve(await readSpec(spec, read));
        files = read;
        source = spec;
      } catch (error) {
        // What repairs it may be a file that the last good one did not refer to.
        if (spec === source) files = withUnread(read, files);
        throw error;
      }
    },
    async reset() {
      webhooks?.clear();
      await core.reset();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function clockOf({ clock }: Core): MockClock {
  return {
    now: () => new Date(clock.now()),
    set: (time) => clock.set(time),
    advance: (duration) => clock.advance(duration),
  };
}

/** The files that were read, and as they are now the earlier ones that were not come to. */
function withUnread(read: readonly SpecFile[], earlier: readonly SpecFile[]): readonly SpecFile[] {
  const paths = new Set(read.map(({ path }) => path));
  return [...read, ...earlier.filter(({ path }) => !paths.has(path)).map(({ path }) => specFile(path))];
}

/** Callers of this package know its own errors only. */
function asMockError(error: unknown): never {
  throw error instanceof Refusal ? new MockError(error.message) : error;
}

function neverUsed(pending: readonly PendingAnswer[]): MockError {
  const texts = pending.map(({ answer, left }) => `${JSON.stringify(answer)} (${left} left)`);
  return new MockError(`Planned answers were never used: ${texts.join("; ")}.`);
}
