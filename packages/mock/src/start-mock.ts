import { wantedCredentials } from "./caller/credentials.ts";
import { Core } from "./core.ts";
import { listen } from "./http/listener.ts";
import { createProxy, upstreamOf } from "./http/proxy.ts";
import type { Mock, MockClock } from "./mock.ts";
import { MockError } from "./mock-error.ts";
import { mockNamespace } from "./mock-namespace.ts";
import { openStore } from "./open-store.ts";
import { checkOptions, type MockOptions } from "./options/mock-options.ts";
import { lazyPrism } from "./prism/prism.ts";
import { readSpec } from "./spec/read-spec.ts";
import { type SpecFile, specFile } from "./spec/spec-file.ts";
import { mockWebhooks } from "./webhooks/mock-webhooks.ts";
import { Receivers } from "./webhooks/receivers.ts";
import { tellReceivers } from "./webhooks/tell-receivers.ts";
import { Refusal } from "./wire/refusal.ts";
import type { PendingAnswer } from "./wishes/planned-answers.ts";

/**
 * Starts a mock of the API in this process.
 * @throws MockError if the port is taken, the spec is missing or cannot be served, or the store cannot be opened.
 * @example
 * ```ts
 * const mock = await startMock({ seed: 1 });
 * const dots = new Dots({ baseUrl: mock.url, clientId: "any", apiKey: "any" });
 * await mock.close();
 * ```
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port, host, requestTimeout, allowHost, allowOrigin, receiver, certificate, ...checked } =
    checkOptions(options);
  const { bodyLimit, journalSize, strict, username, password } = checked;
  const upstream = checked.proxy === undefined ? undefined : upstreamOf(checked.proxy);
  let source = checked.spec;
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
    const receivers = new Receivers(receiver, store.nameOf);
    const webhooks = tellReceivers(core, store, receivers);
    await webhooks.resume();
    const listener = await listen(core, {
      ...{ webhooks, receivers },
      ...{ port, host, requestTimeout, bodyLimit, certificate },
      allowedHosts: allowHost,
      allowedOrigins: allowOrigin,
      forward: upstream === undefined ? undefined : createProxy(core, upstream, bodyLimit),
    });
    return { core, listener, webhooks, receivers };
  };
  const { core, listener, webhooks, receivers } = await start().catch(async (error: unknown) => {
    await store.close();
    throw error instanceof Refusal ? new MockError(error.message) : error;
  });
  let closing: Promise<void> | undefined;
  const stop = async () => {
    const unused = strict ? core.pending() : [];
    core.hurry();
    await Promise.all([webhooks.close(), listener.close()]);
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
      if (upstream !== undefined) throw new MockError("A proxy only returns the real server's answers.");
      core.plan(answer, times);
    },
    get pending() {
      return core.pending();
    },
    move: (id, move) => core.life.move(id, move).catch(asMockError),
    resources: () => core.resources().catch(asMockError),
    webhooks: mockWebhooks(webhooks, receivers),
    namespace: (client, headers = {}) => mockNamespace({ core, webhooks, receivers }, client, headers),
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
        // The fix may be in a file that the last good spec did not refer to.
        if (spec === source) files = withUnread(read, files);
        throw error;
      }
    },
    async reset() {
      webhooks.clear();
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

/** The files that were read, and the current state of earlier ones that were not reached. */
function withUnread(read: readonly SpecFile[], earlier: readonly SpecFile[]): readonly SpecFile[] {
  const paths = new Set(read.map(({ path }) => path));
  return [...read, ...earlier.filter(({ path }) => !paths.has(path)).map(({ path }) => specFile(path))];
}

/** Callers of this package only know its own errors. */
function asMockError(error: unknown): never {
  throw error instanceof Refusal ? new MockError(error.message) : error;
}

function neverUsed(pending: readonly PendingAnswer[]): MockError {
  const texts = pending.map(({ answer, left }) => `${JSON.stringify(answer)} (${left} left)`);
  return new MockError(`Planned answers were never used: ${texts.join("; ")}.`);
}
