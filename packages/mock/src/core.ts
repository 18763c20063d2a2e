import type { OpenApiDocument } from "@dots-payouts/openapi";
import { handle } from "./answer/answer-request.ts";
import type { SeenAnswer } from "./answer/check-answer.ts";
import type { Trace } from "./answer/context.ts";
import type { Credentials } from "./answer/credentials.ts";
import { inspect } from "./answer/inspect-exchange.ts";
import { refusalAnswer } from "./answer/refusal-answer.ts";
import type { JournalEntry } from "./journal/entry.ts";
import { createJournal, type Journal } from "./journal/journal.ts";
import type { NotedRequest } from "./journal/noted-request.ts";
import type { Prism } from "./prism/prism.ts";
import { freshValues } from "./sample/fresh-values.ts";
import { seededRandom } from "./sample/seeded-random.ts";
import { type Api, compileApi } from "./spec/served-spec.ts";
import type { Store } from "./store/store.ts";
import { jsonAnswer, type MockAnswer } from "./wire/answer.ts";
import { type Reason, Refusal, refuse } from "./wire/refusal.ts";
import type { MockRequest } from "./wire/request.ts";
import { pauses } from "./wishes/delays.ts";
import { type Disturbance, disturber, garble } from "./wishes/disturbance.ts";
import { type PlannedAnswers, plannedAnswers } from "./wishes/planned-answers.ts";
import { type Wishes, wishesOf } from "./wishes/prefer.ts";

export interface CoreOptions {
  readonly store: Store;
  readonly credentials: Credentials | undefined;
  readonly seed: number | undefined;
  /** Makes the engine for whatever is unusual. It is not imported here: a browser has none. */
  readonly prism: (document: OpenApiDocument, seed: number | undefined) => Prism;
  /** Milliseconds before each answer. */
  readonly delay: number;
  /** The share of requests, 0 to 1, whose answer does not arrive as it should. */
  readonly faultRate: number;
  readonly journalSize: number;
  /** Requests that the journal begins with, oldest first. */
  readonly remembered: readonly JournalEntry[];
  readonly onRequest: ((entry: JournalEntry) => void) | undefined;
}

/** The mock without a transport: requests go in, answers come out. */
export interface Core {
  readonly journal: Journal;
  readonly planned: PlannedAnswers;
  respond(request: MockRequest, send: (answer: MockAnswer) => void): void;
  /** Enters a request that never became one, because the transport gave up on it. */
  note(request: MockRequest, refusal: Refusal, started?: number): void;
  /** Enters an exchange that others had, with everything in it that breaks the spec. */
  witness(request: MockRequest, answer: SeenAnswer, started: number): Promise<void>;
  /**
   * Serves another spec from the next request on. What is remembered is kept.
   * @throws MockError when it cannot be served; the last good one goes on being served then.
   */
  serve(document: OpenApiDocument): void;
  /** Forgets all requests and answers; with a seed, IDs and times start over. */
  reset(): Promise<void>;
  /** Sends what is held back by a delay at once: the mock is about to close. */
  hurry(): void;
}

/** @throws MockError when the document cannot be served. */
export function createCore(document: OpenApiDocument, options: CoreOptions): Core {
  const { seed, store, credentials } = options;
  const journal = createJournal(options.journalSize, options.remembered);
  const planned = plannedAnswers();
  const delays = pauses();
  const random = seed === undefined ? Math.random : seededRandom(seed);
  const usual = disturber(options.delay, options.faultRate, random);
  // What the answers depend on is put together once, and not for each request.
  const remembering = { store, credentials, planned };
  let backing = { ...compile(document, options), ...remembering, fresh: freshValues(seed) };

  const { onRequest } = options;
  const tell = (noted: NotedRequest) => {
    try {
      onRequest?.(noted.entry);
    } catch (error) {
      // Not swallowed, and not at the cost of the request that happened to be told.
      queueMicrotask(() => {
        throw error;
      });
    }
  };

  /** A promise where the store has to be waited for. */
  const record = (noted: NotedRequest): Promise<void> | undefined => {
    if (store.record === undefined) return undefined;
    try {
      return store.record(noted.entry) ?? undefined;
    } catch (error) {
      return Promise.reject(error);
    }
  };

  store.follow?.((entry) => (entry === undefined ? journal.clear() : journal.join(entry)));

  return {
    journal,
    planned,
    respond(request, send) {
      const started = performance.now();
      const trace: Trace = {};
      let wanted: Disturbance = NONE;

      const enter = (answer: MockAnswer, reasons: readonly Reason[]): void => {
        const { operation, body } = trace;
        const outcome = { operation, body, reasons, secrets: backing.api.secrets };
        const noted = journal.add(request, answer, started, outcome);
        const replace = (error: unknown) => {
          const refusal = error instanceof Refusal ? error : unexpected(error);
          journal.amend(noted, refusal);
          tell(noted);
          send(refusal.toAnswer());
        };
        const goOn = () => {
          tell(noted);
          send(answer);
        };
        // A store that could not be used a moment ago would only be waited for again.
        const recorded = reasons.some(({ code }) => code === "store") ? undefined : record(noted);
        if (recorded === undefined) goOn();
        else recorded.then(goOn, replace);
      };
      const conclude = (answer: MockAnswer, reasons: readonly Reason[]): void => {
        const otherwise = usual();
        const delay = wanted.delay ?? trace.planned?.delay ?? otherwise.delay ?? 0;
        const final = disturbed(answer, wanted.fault ?? trace.planned?.fault ?? otherwise.fault);
        if (delay > 0) void delays.wait(delay).then(() => enter(final, reasons));
        else enter(final, reasons);
      };
      const answered = (answer: MockAnswer) => conclude(answer, NO_REASONS);
      const failed = (error: unknown) => {
        const refusal = error instanceof Refusal ? error : unexpected(error);
        conclude(refusalAnswer(backing.api, trace.refusedBy, refusal), refusal.reasons);
      };

      let wishes: Wishes;
      try {
        wishes = wishesOf(request);
      } catch (error) {
        failed(error);
        return;
      }
      wanted = wishes.disturbance;
      handle(backing, request, wishes.choice, trace, answered, failed);
    },
    note(request, refusal, started = performance.now()) {
      const { reasons } = refusal;
      const { secrets } = backing.api;
      const outcome = { operation: undefined, body: undefined, reasons, secrets };
      tell(journal.add(request, refusal.toAnswer(), started, outcome));
    },
    async witness(request, answer, started) {
      const found = await inspect(backing, request, answer).catch((error: unknown) => ({
        operation: undefined,
        body: undefined,
        reasons: unexpected(error).reasons,
      }));
      const shown = { ...answer, body: new TextDecoder().decode(answer.body) };
      tell(journal.add(request, shown, started, { ...found, secrets: backing.api.secrets }));
    },
    serve(next) {
      backing = { ...backing, ...compile(next, options) };
    },
    hurry: () => delays.end(),
    async reset() {
      journal.clear();
      planned.clear();
      backing = { ...backing, fresh: freshValues(seed) };
      await store.clear();
    },
  };
}

const NONE: Disturbance = {};
const NO_REASONS: readonly Reason[] = [];

function compile(document: OpenApiDocument, options: CoreOptions): { api: Api; prism: Prism } {
  return { api: compileApi(document), prism: options.prism(document, options.seed) };
}

function disturbed(answer: MockAnswer, fault: Disturbance["fault"]): MockAnswer {
  if (fault === undefined) return answer;
  if (fault === "status") return { ...jsonAnswer(503, { message: "Try again later." }), fault };
  return { ...answer, body: fault === "garble" ? garble(answer.body) : answer.body, fault };
}

/** A defect of the mock. It is said as such, so that nobody looks for it in their own request. */
function unexpected(error: unknown): Refusal {
  return refuse(
    500,
    "mock",
    `The mock itself failed: ${error instanceof Error ? error.message : String(error)}.`,
  );
}
