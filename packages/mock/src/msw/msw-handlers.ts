import { listServers, type OpenApiDocument, onFirstUse } from "@dots-payouts/openapi";
import bundled from "@dots-payouts/spec/openapi.json" with { type: "json" };
import { type HttpHandler, http } from "msw";
import { wantedCredentials } from "../caller/credentials.ts";
import { requireKnown } from "../checked-values.ts";
import { Core } from "../core.ts";
import type { KnownResource } from "../life/known-resource.ts";
import { MockError } from "../mock-error.ts";
import { checkShared, SHARED_NAMES, type SharedOptions } from "../options/shared-options.ts";
import { withoutPrism } from "../prism/without-prism.ts";
import { acceptDocument, asConstant } from "../spec/served-spec.ts";
import type { JournalEntry } from "../store/journal-entry.ts";
import { memoryStore } from "../store/memory/memory-store.ts";
import { brokenOff, Refusal, tooLarge } from "../wire/refusal.ts";
import type { MockRequest } from "../wire/request.ts";
import type { PendingAnswer, PlannedAnswer } from "../wishes/planned-answers.ts";
import { mswResponse } from "./msw-response.ts";

/** Options of `mockHandlers()`. */
export interface MockHandlersOptions extends SharedOptions {
  /** The base URL of the API, or several. @default each server of the spec */
  readonly baseUrl?: string | readonly string[];
  /** A bundled OpenAPI document. @default the spec that this version was built from */
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** The mock behind MSW. */
export interface MockHandlers {
  /** For `setupServer(...handlers)` and `setupWorker(...handlers)`: one per base URL, for everything below it. */
  readonly handlers: readonly HttpHandler[];
  /** The last requests with what happened to them, oldest first. */
  readonly requests: readonly JournalEntry[];
  /**
   * Plans how the next requests are answered. Several plans are used one after the other.
   * @param times the number of requests @default 1
   * @throws MockError for an answer that HTTP cannot carry.
   */
  respondNext(answer: PlannedAnswer, times?: number): void;
  /** The planned answers that no request has used yet. */
  readonly pending: readonly PendingAnswer[];
  /**
   * Makes a move of a resource, as a person, your team or the server would. Returns the resource after it.
   * @throws MockError if there is no such resource or move, or the resource's state does not allow it.
   */
  move(id: string, move: string): Promise<KnownResource>;
  /** Forgets requests, resources, keys and planned answers; with a seed, IDs and times start over. */
  reset(): Promise<void>;
}

const published = onFirstUse(() => asConstant(acceptDocument(bundled, "The spec")));

/**
 * Creates handlers for MSW that answer as the mock server does, with their own memory.
 * @throws MockError if the spec cannot be served, or names no server and `baseUrl` is not given.
 * @example
 * ```ts
 * const server = setupServer(...mockHandlers({ seed: 1 }).handlers);
 * server.listen();
 * ```
 */
export function mockHandlers(options: MockHandlersOptions = {}): MockHandlers {
  const document = options.spec === undefined ? published() : acceptDocument(options.spec, "The spec");
  requireKnown("the options", options, [...SHARED_NAMES, "baseUrl", "spec"]);
  const shared = checkShared(options);
  const core = new Core(document, {
    ...shared,
    store: memoryStore({ strict: shared.strict }),
    credentials: wantedCredentials(shared.username, shared.password),
    prism: withoutPrism,
    earlier: [],
  });
  const limit = shared.bodyLimit;
  return {
    handlers: baseUrls(options.baseUrl, document).map((base) => handlerFor(base, core, limit)),
    get requests() {
      return core.journal.entries;
    },
    respondNext: (answer, times = 1) => core.plan(answer, times),
    get pending() {
      return core.pending();
    },
    move: (id, move) =>
      core.life.move(id, move).catch((error: unknown) => {
        throw error instanceof Refusal ? new MockError(error.message) : error;
      }),
    reset: () => core.reset(),
  };
}

function baseUrls(given: string | readonly string[] | undefined, document: OpenApiDocument): string[] {
  const named = given ?? listServers(document).map(({ url }) => url);
  const urls = typeof named === "string" ? [named] : [...named];
  if (urls.length === 0) throw new MockError("The spec names no server. Set baseUrl to the URL of the API.");
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
