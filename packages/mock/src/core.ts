import type { OpenApiDocument } from "@dots-payouts/openapi";
import { type Api, compileApi } from "./api.ts";
import type { Credentials } from "./credentials.ts";
import { freshValues } from "./fresh-values.ts";
import { handle, type Trace } from "./handler.ts";
import { createJournal, type Journal, type JournalEntry } from "./journal.ts";
import type { MockAnswer, MockRequest } from "./message.ts";
import type { Prism } from "./prism.ts";
import { type Reason, Refusal, refuse } from "./refusal.ts";
import type { Store } from "./store.ts";

export interface CoreOptions {
  readonly store: Store;
  readonly credentials: Credentials | undefined;
  readonly seed: number | undefined;
  /** Makes the engine for whatever is unusual. It is not imported here: a browser has none. */
  readonly prism: (document: OpenApiDocument, seed: number | undefined) => Prism;
  readonly journalSize: number;
  readonly onRequest: (entry: JournalEntry) => void;
}

/** The mock without a transport: requests go in, answers come out. */
export interface Core {
  readonly journal: Journal;
  respond(request: MockRequest): Promise<MockAnswer>;
  /** Enters a request that never became one, because the transport gave up on it. */
  note(request: MockRequest, refusal: Refusal): void;
  /**
   * Serves another spec from the next request on. What is remembered is kept.
   * @throws MockError when it cannot be served; the last good one goes on being served then.
   */
  serve(document: OpenApiDocument): void;
}

/** @throws MockError when the document cannot be served. */
export function createCore(document: OpenApiDocument, options: CoreOptions): Core {
  const journal = createJournal(options.journalSize);
  const fresh = freshValues(options.seed);
  let served = compile(document, options);

  const record = (
    request: MockRequest,
    answer: MockAnswer,
    trace: Trace,
    started: number,
    reasons: readonly Reason[],
  ) => {
    options.onRequest(
      journal.add(request, answer, {
        ...trace,
        operation: trace.operation,
        body: trace.body,
        started,
        reasons,
      }),
    );
    return answer;
  };

  return {
    journal,
    async respond(request) {
      const started = performance.now();
      const trace: Trace = {};
      try {
        const backing = { ...served, store: options.store, fresh, credentials: options.credentials };
        return record(request, await handle(backing, request, trace), trace, started, []);
      } catch (error) {
        const refusal = error instanceof Refusal ? error : unexpected(error);
        return record(request, refusal.toAnswer(), trace, started, refusal.reasons);
      }
    },
    note(request, refusal) {
      record(request, refusal.toAnswer(), {}, performance.now(), refusal.reasons);
    },
    serve(next) {
      served = compile(next, options);
    },
  };
}

function compile(document: OpenApiDocument, options: CoreOptions): { api: Api; prism: Prism } {
  return { api: compileApi(document), prism: options.prism(document, options.seed) };
}

/** A defect of the mock. It is said as such, so that nobody looks for it in their own request. */
function unexpected(error: unknown): Refusal {
  return refuse(
    500,
    "mock",
    `The mock itself failed: ${error instanceof Error ? error.message : String(error)}`,
  );
}
