import type { Json, OpenApiDocument } from "@dots-payouts/openapi";
import { answerRequest } from "./answer/answer-request.ts";
import type { SeenAnswer } from "./answer/check-answer.ts";
import type { Context, Progress } from "./answer/context.ts";
import type { Credentials } from "./answer/credentials.ts";
import { inspectExchange } from "./answer/inspect-exchange.ts";
import { documentedRefusal, sendable } from "./answer/sendable-answer.ts";
import { type Clock, createClock } from "./clock/clock.ts";
import type { JournalEntry } from "./journal/entry.ts";
import { createJournal, type Journal } from "./journal/journal.ts";
import type { NotedRequest } from "./journal/noted-request.ts";
import { type AutoMoves, autoMoves } from "./life/auto-moves.ts";
import type { Fired } from "./life/fired.ts";
import { type KnownResource, knownResource } from "./life/known-resource.ts";
import { makeMove } from "./life/make-move.ts";
import type { World } from "./life/plan-move.ts";
import type { Prism } from "./prism/prism.ts";
import { type FreshValues, freshValues } from "./sample/fresh-values.ts";
import { seededRandom } from "./sample/seeded-random.ts";
import { type ServedSpec, serveDocument } from "./spec/served-spec.ts";
import { observedStore } from "./store/observed-store.ts";
import type { Store } from "./store/store.ts";
import { type EventShape, eventBody } from "./webhooks/event-bodies.ts";
import { faultyAnswer, type MockAnswer, numbered } from "./wire/answer.ts";
import { type Disturbance, disturber } from "./wire/fault.ts";
import { asRefusal, type Reason, type Refusal } from "./wire/refusal.ts";
import type { MockRequest } from "./wire/request.ts";
import { createDelays } from "./wishes/delays.ts";
import {
  type PendingAnswer,
  type PlannedAnswers,
  plannedAnswers,
  type UncheckedAnswer,
} from "./wishes/planned-answers.ts";
import { wishesOf } from "./wishes/prefer.ts";

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
  /** Requests that the journal begins with, oldest first. */
  readonly earlier: readonly JournalEntry[];
  readonly onRequest: ((entry: JournalEntry) => void) | undefined;
}

/** The mock without a transport: requests go in, answers come out. */
export class Core {
  readonly journal: Journal;
  readonly #planned: PlannedAnswers = plannedAnswers();
  readonly clock: Clock;
  /** Those who are told of each event. */
  readonly events: Set<(fired: Fired) => void> = new Set();
  readonly #options: CoreOptions;
  readonly #auto: AutoMoves | undefined;
  readonly #delays = createDelays();
  readonly #disturb: () => Disturbance;
  /** Counts resets: what came before the last one is not noted after it. */
  #resets = 0;
  /** What the answers depend on is put together once, and not for each request. */
  #context: Context;

  /** @throws MockError when the document cannot be served. */
  constructor(document: OpenApiDocument, options: CoreOptions) {
    const { seed, credentials, delay, faultRate, strict } = options;
    this.#options = options;
    this.clock = createClock(options.now);
    this.#auto = options.auto
      ? autoMoves(
          this.clock,
          () => this.#world(),
          (fired) => this.#fire(fired),
        )
      : undefined;
    const auto = this.#auto;
    const store =
      auto === undefined ? options.store : observedStore(options.store, (changes) => auto.changed(changes));
    this.journal = createJournal(options.journalSize, options.earlier);
    this.#disturb = disturber(delay, faultRate, seed === undefined ? Math.random : seededRandom(seed));
    this.#context = {
      ...this.#served(document),
      ...{
        store,
        credentials,
        planned: this.#planned,
        fresh: freshValues(seed, this.clock),
        clock: this.clock,
        strict,
        world: () => ({ ...this.#world(), resources: store.resources }),
        fire: (fired: readonly Fired[]) => this.#fire(fired),
        isHeard: () => this.events.size > 0,
      },
    };
    store.follow?.((entry) => (entry === undefined ? this.journal.clear() : this.journal.join(entry)));
  }

  /** Answers a request, and enters both in the journal. Whatever goes wrong becomes an answer that says so. */
  async respond(request: MockRequest): Promise<MockAnswer> {
    const started = performance.now();
    const context = this.#context;
    const resets = this.#resets;
    const progress: Progress = {};
    let wanted: Disturbance | undefined;
    let answer: MockAnswer;
    let reasons = NO_REASONS;
    try {
      const wishes = wishesOf(request);
      wanted = wishes.disturbance;
      answer = sendable(await answerRequest(context, request, wishes.choice, progress));
    } catch (error) {
      const refusal = asRefusal(error);
      reasons = refusal.reasons;
      answer = documentedRefusal(context.spec, progress.compiled, refusal);
    }
    const usual = this.#disturb();
    const delay = wanted?.delay ?? progress.plan?.delay ?? usual.delay ?? 0;
    answer = faultyAnswer(answer, wanted?.fault ?? progress.plan?.fault ?? usual.fault);
    if (delay > 0) await this.#delays.wait(delay);
    if (resets !== this.#resets) return answer;
    const { compiled, body, warnings, suspicions, replayed } = progress;
    const places = context.spec.credentialPlaces;
    const operation = compiled?.operation.id;
    const handling = { operation, body, reasons, warnings, suspicions, replayed, places };
    const noted = this.journal.add(request, answer, started, handling);
    // A store that could not be used a moment ago would only be waited for again.
    if (this.#options.store.record !== undefined && reasons.every(({ code }) => code !== "store")) {
      answer = await this.#record(noted, answer);
    }
    this.#tell(noted);
    return numbered(answer, noted.id);
  }

  /** Keeps a request in the store. Returns what is sent: a refusal where the store cannot keep it. */
  async #record(noted: NotedRequest, answer: MockAnswer): Promise<MockAnswer> {
    try {
      await this.#options.store.record?.(noted.entry);
      return answer;
    } catch (error) {
      const refusal = asRefusal(error);
      this.journal.amend(noted, refusal);
      return refusal.toAnswer();
    }
  }

  /**
   * Plans how the next requests are answered.
   * @throws MockError for an answer that HTTP cannot carry, or that could never be used.
   */
  plan(answer: UncheckedAnswer, times: unknown): void {
    this.#planned.add(answer, times, this.#context.spec.operations);
  }

  forgetPlans(): void {
    this.#planned.clear();
  }

  get pending(): readonly PendingAnswer[] {
    return this.#planned.pending();
  }

  /**
   * Makes a move of a resource, as somebody else would in life. Returns the resource after it.
   * @throws Refusal when it cannot be made.
   */
  async move(id: string, move: string): Promise<KnownResource> {
    const world = this.#world();
    const { kept, changes, fired } = await makeMove(world, id, move);
    this.#fire(fired);
    this.#auto?.changed(changes);
    return knownResource(world.lives, kept);
  }

  /** The body that tells of an event; `undefined` where the spec does not say what it looks like. */
  bodyOf(fired: Fired, shape: EventShape): Json | undefined {
    const { spec } = this.#context;
    return eventBody(spec.document, spec.lives, fired, shape);
  }

  /** What there is, from the newest to the oldest of each kind. */
  async resources(): Promise<readonly KnownResource[]> {
    const all = await this.#options.store.resources.all();
    return all.map((kept) => knownResource(this.#context.spec.lives, kept));
  }

  /** Enters a request that never became one, because the transport gave up on it. */
  note(request: MockRequest, refusal: Refusal, started: number = performance.now()): void {
    const places = this.#context.spec.credentialPlaces;
    const handling = { operation: undefined, body: undefined, reasons: refusal.reasons, places };
    this.#tell(this.journal.add(request, refusal.toAnswer(), started, handling));
  }

  /** Enters an exchange that others had, with everything in it that breaks the spec. */
  async witness(request: MockRequest, answer: SeenAnswer, started: number): Promise<void> {
    const { spec, prism } = this.#context;
    const found = await inspectExchange(spec, prism, request, answer).catch((error: unknown) => ({
      operation: undefined,
      body: undefined,
      reasons: asRefusal(error).reasons,
    }));
    const shown = { ...answer, body: new TextDecoder().decode(answer.body) };
    this.#tell(this.journal.add(request, shown, started, { ...found, places: spec.credentialPlaces }));
  }

  /**
   * Serves another spec from the next request on. What was made is kept.
   * @throws MockError when it cannot be served; the last good one goes on being served then.
   */
  serve(document: OpenApiDocument): void {
    this.#context = { ...this.#context, ...this.#served(document) };
  }

  /** Sends what is held back by a delay at once, and does nothing more by itself: the mock is about to close. */
  hurry(): void {
    this.#delays.end();
    this.clock.close();
  }

  /** Forgets all requests and answers; with a seed, IDs and times start over. */
  async reset(): Promise<void> {
    this.#resets += 1;
    this.journal.clear();
    this.#planned.clear();
    this.#auto?.clear();
    this.#context = { ...this.#context, fresh: freshValues(this.#options.seed, this.clock) };
    await this.#context.store.clear();
  }

  #world(): World {
    const { spec, fresh } = this.#context;
    return { lives: spec.lives, resources: this.#options.store.resources, fresh };
  }

  #fire(fired: readonly Fired[]): void {
    for (const event of fired) for (const told of this.events) told(event);
  }

  #served(document: OpenApiDocument): { readonly spec: ServedSpec; readonly prism: Prism } {
    const { prism, seed } = this.#options;
    return { spec: serveDocument(document), prism: prism(document, seed, () => this.#context.fresh) };
  }

  #tell(noted: NotedRequest): void {
    const { onRequest } = this.#options;
    if (onRequest === undefined) return;
    try {
      onRequest(noted.entry);
    } catch (error) {
      // The error of a caller's own function is theirs to see, and not at the cost of the request.
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}

const NO_REASONS: readonly Reason[] = [];
