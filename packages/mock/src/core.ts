import type { OpenApiDocument } from "@dots-payouts/openapi";
import { answerRequest } from "./answer/answer-request.ts";
import type { Context, Progress } from "./answer/context.ts";
import { handlingOf } from "./answer/handling.ts";
import { inspectExchange } from "./answer/inspect-exchange.ts";
import { namespacesOf } from "./caller/namespaces.ts";
import type { SeenAnswer } from "./check/check-answer.ts";
import { type Clock, createClock } from "./clock/clock.ts";
import type { CoreOptions } from "./core-options.ts";
import type { Journal } from "./journal/journal.ts";
import { NotedRequest } from "./journal/noted-request.ts";
import { Notes } from "./journal/notes.ts";
import type { KnownResource } from "./life/known-resource.ts";
import { Living } from "./life/living.ts";
import { documentedRefusal, sendable } from "./refusals/sendable-answer.ts";
import { freshValues } from "./sample/fresh-values.ts";
import { seededRandom } from "./sample/seeded-random.ts";
import { type ServedSpec, serveDocument } from "./spec/served-spec.ts";
import { namespaceIn } from "./store/owner.ts";
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

/** The mock without a transport: requests go in, answers come out. */
export class Core {
  readonly clock: Clock;
  readonly #notes: Notes;
  readonly #planned: PlannedAnswers = plannedAnswers();
  readonly #options: CoreOptions;
  /** The life of resources. */
  readonly life: Living;
  readonly #delays = createDelays();
  readonly #disturb: () => Disturbance;
  /** Counts resets: requests from before the last one are not recorded after it. */
  #resets = 0;
  /** What the answers depend on, built once instead of for each request. */
  #context: Context;

  /** @throws MockError if the document cannot be served. */
  constructor(document: OpenApiDocument, options: CoreOptions) {
    const { seed, credentials, delay, faultRate, strict } = options;
    this.#options = options;
    this.clock = createClock(options.now);
    this.life = new Living({
      clock: this.clock,
      store: options.store,
      auto: options.auto,
      served: () => ({ lives: this.#context.spec.lives, fresh: this.#context.fresh }),
    });
    const { store, events } = this.life;
    this.#notes = new Notes(options);
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
        events,
        world: () => this.life.world(store.resources),
        moveLater: (id: string, moves: readonly string[]) => this.life.moveLater(id, moves),
      },
    };
  }

  get journal(): Journal {
    return this.#notes.journal;
  }

  get spec(): ServedSpec {
    return this.#context.spec;
  }

  /** The namespace of the credentials in these headers; `undefined` if there are none. */
  callerOf(headers: MockRequest["headers"]): string | undefined {
    return this.#context.namespaces.ofCaller({ headers, method: "", target: "", body: NO_BODY });
  }

  /** The namespace of a client, and of the app that these headers name. */
  namespaceOf(client: string, headers: MockRequest["headers"]): string {
    return this.#context.namespaces.of(client, { headers });
  }

  /** Whether something is in a namespace; always true if none is given. */
  isIn(namespace: string | undefined): (other: string) => boolean {
    const { nameOf } = this.#options.store;
    const name = namespace === undefined ? undefined : nameOf(namespace);
    return (other) => name === undefined || nameOf(other) === name;
  }

  /** Answers a request, and records both in the journal. Any failure becomes an answer that says so. */
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
      const made = answerRequest(context, request, wishes.choice, progress);
      answer = sendable(made instanceof Promise ? await made : made);
      if (progress.reasons !== undefined) reasons = progress.reasons;
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
    const noted = new NotedRequest(request, answer, started, handlingOf(context, request, progress, reasons));
    // The store just failed: using it again would only wait for it again.
    if (this.#notes.areKept && reasons.every(({ code }) => code !== "store")) {
      answer = await this.#notes.keep(noted, answer);
    } else this.#notes.enter(noted);
    return numbered(answer, noted.id);
  }

  /**
   * Plans how the next requests are answered.
   * @throws MockError for an answer that HTTP cannot carry, or that could never be used.
   */
  plan(answer: UncheckedAnswer, times: unknown, namespace?: string): void {
    const operations = this.#context.spec.operations.map(({ id }) => id);
    this.#planned.add(answer, times, operations, namespace);
  }

  forgetPlans(namespace?: string): void {
    this.#planned.clear(namespace);
  }

  /** The planned answers that no request has used yet: all, or those of a namespace. */
  pending(namespace?: string): readonly PendingAnswer[] {
    return this.#planned.pending(namespace);
  }

  /** All resources, or those of a namespace. */
  resources(namespace?: string): Promise<readonly KnownResource[]> {
    const isWanted = this.isIn(namespace);
    return this.life.resources((owner) => isWanted(namespaceIn(owner)));
  }

  /** Records a request that the transport gave up on before it was complete. */
  note(request: MockRequest, refusal: Refusal, started: number = performance.now()): void {
    const places = this.#context.spec.credentialPlaces;
    const handling = { operation: undefined, body: undefined, reasons: refusal.reasons, places };
    this.#notes.enter(new NotedRequest(request, refusal.toAnswer(), started, handling));
  }

  /** Records an exchange with another server, with everything in it that breaks the spec. */
  async witness(request: MockRequest, answer: SeenAnswer, started: number): Promise<void> {
    const { spec, prism } = this.#context;
    const found = await inspectExchange(spec, prism, request, answer).catch((error: unknown) => ({
      operation: undefined,
      body: undefined,
      reasons: asRefusal(error).reasons,
    }));
    const shown = { ...answer, body: new TextDecoder().decode(answer.body) };
    const handling = { ...found, places: spec.credentialPlaces };
    this.#notes.enter(new NotedRequest(request, shown, started, handling));
  }

  /**
   * Serves another spec from the next request on. Existing data is kept.
   * @throws MockError if it cannot be served; the last good one then stays in use.
   */
  serve(document: OpenApiDocument): void {
    this.#context = { ...this.#context, ...this.#served(document) };
  }

  /** Sends delayed answers at once and stops all automatic work: the mock is about to close. */
  hurry(): void {
    this.#delays.end();
    this.clock.close();
  }

  /** Forgets all requests and answers, or those of a namespace. With a seed, IDs and times start over with all of them. */
  async reset(namespace?: string): Promise<void> {
    if (namespace === undefined) {
      this.#resets += 1;
      this.life.clear();
      this.#context = { ...this.#context, fresh: freshValues(this.#options.seed, this.clock) };
    }
    this.journal.forget(namespace === undefined ? "all" : { namespace });
    this.#planned.clear(namespace);
    await this.#context.store.clear(namespace);
  }

  #served(document: OpenApiDocument): Pick<Context, "spec" | "prism" | "namespaces"> {
    const { prism, seed, shared } = this.#options;
    const spec = serveDocument(document);
    return {
      spec,
      prism: prism(document, seed, () => this.#context.fresh),
      namespaces: namespacesOf(spec.operations, shared),
    };
  }
}

const NO_BODY = async () => new Uint8Array();

const NO_REASONS: readonly Reason[] = [];
