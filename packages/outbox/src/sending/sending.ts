import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import type { Sent } from "../api/sender.ts";
import { classify, type Meaning } from "../engine/classify.ts";
import type { Context } from "../engine/context.ts";
import type { Stop, Tallies } from "../engine/summary.ts";
import { elapsed, type Moment, moment } from "../ledger/clock.ts";
import { messageOf, OutboxError, StoreBusyError } from "../outbox-error.ts";
import { otherClient } from "../store/rules/settings.ts";
import type { Ticket, TurnResult } from "../store/turn.ts";
import { answerOf } from "./answer-of.ts";
import { ClockRefresh } from "./clock-refresh.ts";
import type { Entered } from "./enter.ts";
import { Health } from "./pace/health.ts";
import { Pace } from "./pace/pace.ts";
import { Rate } from "./pace/rate.ts";
import { ApiAwayError, askWitness, StoppedBefore } from "./prepare.ts";
import { Reporter } from "./reporter.ts";
import { sendTicket } from "./send-ticket.ts";
import type { SendingOptions } from "./sending-options.ts";
import { overLimit, SILENT_API, Stopping, waitsFor } from "./stopping.ts";
import { UnstoredAnswers } from "./unstored-answers.ts";
import { Waker } from "./waker.ts";

/** The longest that a run waits, in milliseconds: after that, it has to be resumed later. */
const LONGEST_WAIT = 5 * 60_000;

/** How long answers wait to be stored together, while half of the requests are still in progress, in milliseconds. */
const GATHER = 5;

const STORE_PAUSE = 250;

/** How long a worker waits before it requests a list again after a failure, in milliseconds. */
const LOOK_PAUSE = 5_000;

/** How often a worker looks for rows that others have added, in milliseconds. */
const POLL = 1_000;

interface Options extends Pick<SendingOptions, "concurrency" | "signal" | "onProgress">, Entered {
  /** Whether it continues until it is stopped, and waits for temporary problems to pass. */
  readonly isWorker?: boolean;
}

/** The part of a run that sends requests. */
export class Sending {
  /** How many requests were sent. */
  requests = 0;
  /** What it waits for, if anything. */
  waiting: string | undefined;
  readonly #context: Context;
  readonly #client: string;
  readonly #options: Options;
  readonly #tallies: Tallies;
  readonly #concurrency: number;
  readonly #isWorker: boolean;
  readonly #pace: Pace;
  readonly #health = new Health();
  readonly #rate: Rate;
  readonly #waker = new Waker();
  readonly #stopping: Stopping;
  readonly #clockRefresh: ClockRefresh;
  readonly #reporter: Reporter;
  readonly #answers = new UnstoredAnswers();
  #underWay = 0;
  /** Until when the API has asked everyone to wait, by the monotonic clock. */
  #waitUntil: number | undefined;

  /** @param client identifies the credentials */
  constructor(context: Context, client: string, options: Options, tallies: Tallies) {
    this.#context = context;
    this.#client = client;
    this.#options = options;
    this.#tallies = tallies;
    this.#concurrency = options.concurrency ?? 10;
    this.#isWorker = options.isWorker === true;
    this.#stopping = new Stopping(this.#isWorker);
    const now = context.clock.monotonic();
    // Limits for all processes together are up to the store.
    this.#pace = new Pace(context.store.isShared ? undefined : options.limits.perSecond, now);
    this.#rate = new Rate(now);
    this.#clockRefresh = new ClockRefresh(context, () => this.#waker.wake());
    this.#reporter = new Reporter(context.clock, options.onProgress, tallies, this.#rate, this.#pace);
  }

  /** @returns why rows are left; `undefined` if none could be sent now */
  async run(): Promise<Stop | undefined> {
    const { signal } = this.#options;
    const abort = () => this.#waker.wake();
    signal?.addEventListener("abort", abort);
    try {
      for (;;) {
        if (signal?.aborted === true)
          this.#stopping.because({ by: "signal", message: "The run was stopped" });
        if (this.#health.isGone && !this.#isWorker) {
          this.#stopping.because({ by: "api", message: SILENT_API });
        }
        const result = await this.#turn();
        this.#reporter.tell(false);
        if (result?.needsLook === true) await this.#look();
        const isIdle = this.#underWay === 0 && this.#answers.isEmpty;
        if (isIdle && this.#stopping.stop !== undefined) return this.#stopping.stop;
        const until = result === undefined ? 0 : this.#patienceFor(result);
        if (isIdle && until === undefined && !this.#clockRefresh.isBusy) return this.#stopping.stop;
        await this.#waker.sleep(until);
        await this.#gather();
      }
    } finally {
      signal?.removeEventListener("abort", abort);
      this.#reporter.tell(true);
    }
  }

  /** Answers that arrive at nearly the same time are written together, to wait for the disk only once. */
  async #gather(): Promise<void> {
    const { clock } = this.#context;
    const end = clock.monotonic() + GATHER;
    await setImmediate();
    for (;;) {
      const left = end - clock.monotonic();
      if (left <= 0 || this.#underWay <= this.#concurrency / 2) return;
      await this.#waker.sleep(left);
    }
  }

  /** One transaction: stores the answers that have arrived, and claims what to send next. */
  async #turn(): Promise<TurnResult | undefined> {
    const { store, clock, serverClock, times } = this.#context;
    const now = clock.monotonic();
    const wasFailing = this.#answers.isFailing;
    const limit = this.#stopping.stop === undefined && !wasFailing ? this.#limit(now) : 0;
    const resend = serverClock.isRecent;
    const asked = moment(clock);
    const answers = this.#answers.take();
    const waitUntil = this.#waitUntil;
    const hold = this.#stopping.funds;
    let result: TurnResult;
    try {
      result = await store.turn({
        now: serverClock.read(),
        answers,
        hold,
        wait: waitUntil === undefined ? undefined : Math.max(0, waitUntil - now),
        claim: {
          limit,
          resend,
          client: this.#client,
          budget: times.budget,
          timeout: times.timeout,
          quiet: times.quiet,
          apart: times.apart,
          who: this.#options.who,
        },
      });
    } catch (error) {
      // A claim whose commit was not confirmed is not sent.
      this.#answers.putBack(answers, clock.monotonic());
      await this.#storeFailed(error);
      return undefined;
    }
    this.#answers.stored();
    if (this.#waitUntil === waitUntil) this.#waitUntil = undefined;
    if (hold !== undefined && this.#isWorker) this.#stopping.keptFunds();
    this.#tallies.move(result.moves);
    if (limit > 0) this.#pace.limitTo(result.perSecond);
    this.#pace.take(result.tickets.length);
    for (const ticket of result.tickets) void this.#send(ticket, asked);
    if (result.otherClient !== undefined) {
      const message = otherClient(result.otherClient, this.#client);
      this.#stopping.because({ by: "credentials", message });
    }
    if (result.needsTime) this.#clockRefresh.ask();
    // The store was not asked what there is to send.
    const isUnknown = wasFailing || (limit === 0 && this.#underWay === 0);
    return isUnknown ? { ...result, nextIn: 0 } : result;
  }

  /** How many requests are in progress. */
  get underWay(): number {
    return this.#underWay;
  }

  /** The store was down. Whatever it has lost is in the API's list. */
  async #look(): Promise<void> {
    const { signal } = this.#options;
    try {
      await askWitness(this.#context, signal);
    } catch (error) {
      if (error instanceof StoppedBefore) return;
      this.waiting = messageOf(error);
      const mayPass = error instanceof ApiAwayError || error instanceof StoreBusyError;
      if (mayPass && this.#isWorker) await sleep(LOOK_PAUSE, undefined, { signal }).catch(() => undefined);
      else if (error instanceof OutboxError) this.#stopping.because({ by: "store", message: error.message });
      else throw error;
    }
  }

  #limit(now: number): number {
    const most = Math.min(this.#concurrency, this.#health.allowed(this.#concurrency, now));
    return Math.max(0, Math.min(most - this.#underWay, this.#pace.allowed(now)));
  }

  /** Milliseconds until something may happen without an event; `undefined` if nothing will. */
  #patienceFor(result: TurnResult): number | undefined {
    const { clock } = this.#context;
    if (this.#stopping.stop !== undefined) return undefined;
    if (result.needsLook === true) return 0;
    this.waiting = waitsFor(result);
    if (result.held !== undefined && !this.#isWorker) {
      this.#stopping.because({ by: "funds", message: result.held });
      return undefined;
    }
    if (!this.#isWorker && result.blocked !== undefined && this.#underWay === 0 && this.#answers.isEmpty) {
      this.#stopping.because({ by: result.blocked.by, message: overLimit(result.blocked) });
      return undefined;
    }
    const now = clock.monotonic();
    const free = Math.max(this.#pace.next(now), this.#health.next(now)) - now;
    const isFull = this.#underWay >= this.#concurrency;
    if (this.#isWorker && result.tickets.length === 0) {
      if (free > 0) this.waiting ??= SILENT_API;
      const most = POLL * (0.5 + Math.random() / 2);
      return Math.max(1, Math.min(most, free > 0 ? free : (result.nextIn ?? most)));
    }
    if (free > 0) return this.#patience(free);
    if (result.tickets.length > 0) return isFull ? undefined : 0;
    return result.nextIn === undefined ? undefined : this.#patience(result.nextIn);
  }

  #patience(wait: number): number | undefined {
    if (wait <= LONGEST_WAIT) return Math.max(wait, 1);
    if (this.#underWay > 0) return LONGEST_WAIT;
    const minutes = Math.ceil(wait / 60_000);
    this.#stopping.because({
      by: "waiting",
      message: `${this.waiting === undefined ? "" : `${this.waiting}. `}The next request can be sent in ${minutes} minutes. Run resume then`,
    });
    return undefined;
  }

  async #send(ticket: Ticket, asked: Moment): Promise<void> {
    const { api, clock, serverClock, times } = this.#context;
    this.#underWay += 1;
    let sent: Sent;
    if (elapsed(asked, clock) >= times.budget) {
      // The process was paused since its claim, and anything may have happened in the meantime.
      sent = { kind: "not-sent", reason: "The sender was paused for too long" };
    } else {
      this.requests += 1;
      sent = await sendTicket(this.#context, this.#client, ticket, asked);
    }
    if (sent.kind === "answered") serverClock.tell(sent.date);
    const meaning = classify(sent, ticket, api.call(ticket.call), api);
    this.#learn(meaning, sent);
    this.#answers.add(answerOf(ticket, meaning));
    this.#underWay -= 1;
    this.#waker.wake();
  }

  /** What an answer means for the run. */
  #learn(meaning: Meaning, sent: Sent): void {
    const now = this.#context.clock.monotonic();
    this.#stopping.learn(meaning, sent);
    this.#health.tell(meaning, now);
    if (meaning.kind === "accepted" || meaning.kind === "refused") this.#rate.tell(now);
    if (meaning.kind === "void" && meaning.after !== undefined) {
      if (!this.#context.store.isShared) {
        this.#pace.slowDown(meaning.after, this.#rate.perSecond(now), now);
      }
      // If this run ends early, the next one has to wait as well.
      this.#waitUntil = Math.max(this.#waitUntil ?? 0, now + meaning.after);
    }
  }

  /** Keeps the answers, and claims nothing, until the store can be written again. */
  async #storeFailed(error: unknown): Promise<void> {
    const mayPass = error instanceof StoreBusyError;
    const mayWait = this.#isWorker && this.#stopping.stop === undefined;
    const isOverdue = this.#answers.isOverdue(this.#context.clock.monotonic());
    this.waiting = messageOf(error);
    const isOver = !mayPass || (!mayWait && isOverdue);
    if (isOver && this.#underWay === 0) await this.#giveUp(error);
    else await sleep(STORE_PAUSE);
  }

  /** Stores what can be stored. The next run finds out the rest. */
  async #giveUp(error: unknown): Promise<void> {
    const { store, serverClock } = this.#context;
    const lost = await this.#answers.storeEach(async (answer) => {
      const { moves } = await store.turn({ now: serverClock.read(), answers: [answer], claim: undefined });
      this.#tallies.move(moves);
    });
    const words =
      lost === 0
        ? ""
        : ` ${lost === 1 ? "1 answer" : `${lost} answers`} could not be stored; resume finds out what happened to ${lost === 1 ? "its row" : "their rows"}`;
    this.#stopping.because({ by: "store", message: `${messageOf(error)}${words}` });
  }
}
