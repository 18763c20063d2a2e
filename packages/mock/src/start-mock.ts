import { wantedCredentials } from "./answer/credentials.ts";
import { Core } from "./core.ts";
import { listen } from "./http/listener.ts";
import { createProxy, upstreamOf } from "./http/proxy.ts";
import type { JournalEntry } from "./journal/entry.ts";
import { MockError } from "./mock-error.ts";
import { lazyPrism } from "./prism/prism.ts";
import { defaultSpecFile, readSpec, type SpecSource } from "./spec/read-spec.ts";
import { openStore } from "./store/open-store.ts";
import { Refusal } from "./wire/refusal.ts";
import type { PlannedAnswer } from "./wishes/planned-answers.ts";

export interface MockOptions {
  /** The port to listen on; 0 for a free one. @default 0 */
  readonly port?: number;
  /** The address to listen on. @default "127.0.0.1" */
  readonly host?: string;
  /** An OpenAPI document, or its file, which may refer to others. @default the spec that this version belongs to */
  readonly spec?: SpecSource;
  /** The only client ID that passes, together with `password`. @default any */
  readonly username?: string;
  readonly password?: string;
  /**
   * An SQLite file that keeps idempotency keys and requests across restarts, or the `postgres://` URL of a database that
   * shares them between mocks; that needs the package `pg`. @default memory
   */
  readonly store?: string;
  /** Makes IDs and times repeat: the same requests in the same order get the same answers. */
  readonly seed?: number;
  /** Milliseconds before each answer. @default 0 */
  readonly delay?: number;
  /** The share of requests, 0 to 1, whose answer does not arrive as it should. @default 0 */
  readonly faultRate?: number;
  /** The URL of a real server to which all requests are passed on; the mock then only watches. @default none */
  readonly proxy?: string;
  /** Milliseconds within which a request has to arrive. @default 10_000, and 300_000 for a proxy */
  readonly requestTimeout?: number;
  /** Bytes of the longest body that is taken. @default 4_194_304 */
  readonly bodyLimit?: number;
  /** How many requests `requests` remembers. @default 1_000 */
  readonly journalSize?: number;
  /** Is told of each request once its answer is ready. */
  readonly onRequest?: (entry: JournalEntry) => void;
}

/** A running mock. */
export interface Mock {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  /** The last requests with what became of them, oldest first. */
  readonly requests: readonly JournalEntry[];
  /**
   * Absolute paths of the files whose change may change the spec: those that it was read from, and those that a `reload`
   * which failed looked for. None where it was given as a document.
   */
  readonly specFiles: readonly string[];
  /**
   * Plans how the next requests are answered. Several plans are used one after the other.
   * @param times for how many requests @default 1
   * @throws MockError for an answer that HTTP cannot carry.
   */
  respondNext(answer: PlannedAnswer, times?: number): void;
  /**
   * Reads the spec anew, or serves another one, from the next request on. What is remembered is kept.
   * @throws MockError when it cannot be served. The last good one goes on being served then.
   */
  reload(spec?: SpecSource): Promise<void>;
  /** Forgets what it was sent and what was planned; with a seed, IDs and times start over. */
  reset(): Promise<void>;
  /** Lets open requests finish and frees the port. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a mock of the API in this process.
 * @throws MockError when the port is taken, the spec is missing or cannot be served, or the store cannot be opened.
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const upstream = options.proxy === undefined ? undefined : upstreamOf(options.proxy);
  if (upstream !== undefined) requireNothingToMock(options);
  const journalSize = options.journalSize ?? 1_000;
  let source = options.spec ?? defaultSpecFile();
  let files = new Set<string>();
  const document = await readSpec(source, files);
  const store = await openStore(options.store, journalSize);
  const start = async () => {
    const core = new Core(document, {
      store,
      credentials: wantedCredentials(options.username, options.password),
      seed: options.seed,
      prism: lazyPrism,
      delay: options.delay ?? 0,
      faultRate: options.faultRate ?? 0,
      journalSize,
      now: undefined,
      earlier: await store.recorded(journalSize),
      onRequest: options.onRequest,
    });
    const bodyLimit = options.bodyLimit ?? 4_194_304;
    const listener = await listen(core, {
      port: options.port ?? 0,
      host: options.host ?? "127.0.0.1",
      requestTimeout: options.requestTimeout ?? (upstream === undefined ? 10_000 : 300_000),
      bodyLimit,
      forward: upstream === undefined ? undefined : createProxy(core, upstream, bodyLimit),
    });
    return { core, listener };
  };
  const { core, listener } = await start().catch(async (error: unknown) => {
    await store.close();
    throw error instanceof Refusal ? new MockError(error.message) : error;
  });
  let closing: Promise<void> | undefined;
  const stop = async () => {
    core.hurry();
    await listener.close();
    await store.close();
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
      core.planned.add(answer, times);
    },
    get specFiles() {
      return [...files];
    },
    async reload(spec = source) {
      const read = new Set<string>();
      try {
        core.serve(await readSpec(spec, read));
        files = read;
        source = spec;
      } catch (error) {
        // What repairs it may be a file that the last good one did not refer to.
        if (spec === source) files = new Set([...files, ...read]);
        throw error;
      }
    },
    reset: () => core.reset(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** @throws MockError for an option that would change the real server's answers, or keep them. */
function requireNothingToMock(options: MockOptions): void {
  const made = (["username", "password", "store", "seed", "delay", "faultRate"] as const).find(
    (name) => options[name] !== undefined && options[name] !== 0,
  );
  if (made === undefined) return;
  throw new MockError(`A proxy passes real traffic through as it is: ${made} cannot be used with it.`);
}
