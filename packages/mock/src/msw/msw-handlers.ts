import { listServers, type OpenApiDocument } from "@dots-payouts/openapi";
import bundled from "@dots-payouts/spec/openapi.json" with { type: "json" };
import { type HttpHandler, http } from "msw";
import { wantedCredentials } from "../answer/credentials.ts";
import { Core } from "../core.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { MockError } from "../mock-error.ts";
import { withoutPrism } from "../prism/without-prism.ts";
import { acceptDocument } from "../spec/served-spec.ts";
import { memoryStore } from "../store/memory-store.ts";
import { brokenOff, tooLarge } from "../wire/refusal.ts";
import type { MockRequest } from "../wire/request.ts";
import type { PlannedAnswer } from "../wishes/planned-answers.ts";
import { mswResponse } from "./msw-response.ts";

export interface MockHandlersOptions {
  /** Where the API is taken to be; several where more than one is called. @default each server of the spec */
  readonly baseUrl?: string | readonly string[];
  /** A bundled OpenAPI document. @default the spec that this version belongs to */
  readonly spec?: Readonly<Record<string, unknown>>;
  /** The only client ID that passes, together with `password`. @default any */
  readonly username?: string;
  readonly password?: string;
  /** Makes IDs and times repeat: the same requests in the same order get the same answers. */
  readonly seed?: number;
  /** Milliseconds before each answer. @default 0 */
  readonly delay?: number;
  /** The share of requests, 0 to 1, whose answer does not arrive as it should. @default 0 */
  readonly faultRate?: number;
  /** Bytes of the longest body that is taken. @default 4_194_304 */
  readonly bodyLimit?: number;
  /** How many requests `requests` remembers. @default 1_000 */
  readonly journalSize?: number;
  /** Is told of each request once its answer is ready. */
  readonly onRequest?: (entry: JournalEntry) => void;
}

/** The mock behind MSW. */
export interface MockHandlers {
  /** For `setupServer(...handlers)` and `setupWorker(...handlers)`: one per base URL, for all that lies below it. */
  readonly handlers: readonly HttpHandler[];
  /** The last requests with what became of them, oldest first. */
  readonly requests: readonly JournalEntry[];
  /**
   * Plans how the next requests are answered. Several plans are used one after the other.
   * @param times for how many requests @default 1
   * @throws MockError for an answer that HTTP cannot carry.
   */
  respondNext(answer: PlannedAnswer, times?: number): void;
  /** Forgets what it was sent and what was planned; with a seed, IDs and times start over. */
  reset(): Promise<void>;
}

/**
 * Makes handlers for MSW that answer as the mock server does, with a memory of their own.
 * @throws MockError when the spec cannot be served, or names no server and `baseUrl` is not given.
 */
export function mockHandlers(options: MockHandlersOptions = {}): MockHandlers {
  const document = acceptDocument(options.spec ?? bundled, "The spec");
  const core = new Core(document, {
    store: memoryStore(),
    credentials: wantedCredentials(options.username, options.password),
    seed: options.seed,
    prism: withoutPrism,
    delay: options.delay ?? 0,
    faultRate: options.faultRate ?? 0,
    journalSize: options.journalSize ?? 1_000,
    now: undefined,
    earlier: [],
    onRequest: options.onRequest,
  });
  const limit = options.bodyLimit ?? 4_194_304;
  return {
    handlers: baseUrls(options.baseUrl, document).map((base) => handlerFor(base, core, limit)),
    get requests() {
      return core.journal.entries;
    },
    respondNext: (answer, times = 1) => core.planned.add(answer, times),
    reset: () => core.reset(),
  };
}

function baseUrls(given: string | readonly string[] | undefined, document: OpenApiDocument): string[] {
  const named = given ?? listServers(document).map(({ url }) => url);
  const urls = typeof named === "string" ? [named] : [...named];
  if (urls.length === 0) throw new MockError("The spec names no server. Say by baseUrl where the API is.");
  const wrong = urls.find((url) => !URL.canParse(url));
  if (wrong !== undefined) throw new MockError(`${JSON.stringify(wrong)} is not an absolute URL.`);
  return urls.map((url) => url.replace(/\/+$/, ""));
}

function handlerFor(base: string, core: Core, limit: number): HttpHandler {
  const below = new URL(base).pathname.replace(/\/+$/, "").length;
  return http.all(`${base}/*`, async ({ request }) => {
    const { pathname, search } = new URL(request.url);
    const asked = toRequest(request, pathname.slice(below) + search, limit);
    return mswResponse(request, await core.respond(asked));
  });
}

function toRequest(request: Request, target: string, limit: number): MockRequest {
  return {
    method: request.method,
    target,
    headers: Object.fromEntries(request.headers),
    async body() {
      const body = await request.arrayBuffer().catch(() => undefined);
      if (body === undefined) throw brokenOff();
      if (body.byteLength > limit) throw tooLarge(limit);
      return new Uint8Array(body);
    },
  };
}
