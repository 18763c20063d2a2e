import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import type { Sent } from "../api/sender.ts";
import { ageOf } from "../ledger/age.ts";
import { elapsed, type Moment, moment } from "../ledger/clock.ts";
import { messageOf, StoreBusyError } from "../outbox-error.ts";
import type { Answer, Ticket, TurnResult } from "../store/store.ts";
import { backoff } from "./backoff.ts";
import { classify, type Meaning } from "./classify.ts";
import type { Context } from "./context.ts";
import { Health } from "./health.ts";
import { listedKinds } from "./look-up.ts";
import { Pace } from "./pace.ts";
import { Rate } from "./rate.ts";
import type { Progress, Stop, Tallies } from "./summary.ts";
import { Waker } from "./waker.ts";

/** How requests are sent. */
export interface SendingOptions {
  /** How many may be under way at once. @default 10 */
  readonly concurrency?: number | undefined;
  /** How many may leave per second. @default as many as the concurrency allows */
  readonly perSecond?: number | undefined;
  /** Stops the run once what is under way is answered. */
  readonly signal?: AbortSignal | undefined;
  /** Is told how far the run is, a few times a second. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** The most that all rows of the store may pay together. */
  readonly maxTotal?: number | undefined;
  /** The most that one row may pay. */
  readonly maxAmount?: number | undefined;
}

/** A run does not sit and wait for longer than this, in milliseconds: it is resumed later. */
const LONGEST_WAIT = 5 * 60_000;

/** How long answers are kept in memory while the store cannot be written, in milliseconds. */
const STORE_PATIENCE = 30_000;

const STORE_PAUSE = 250;
const PROGRESS_EVERY = 100;
const FORBIDDEN = 403;
/** So many refusals for the credentials in a row, and none accepted, mean that it is not about the row. */
const FORBIDDEN_PATIENCE = 3;

/** The part of a run in which requests leave. */
export class Sending {
  /** How many requests have left. */
  requests = 0;
  readonly #context: Context;
  readonly #client: string;
  readonly #options: SendingOptions;
  readonly #tallies: Tallies;
  readonly #concurrency: number;
  readonly #pace: Pace;
  readonly #health = new Health();
  readonly #rate: Rate;
  readonly #waker = new Waker();
  #answers: Answer[] = [];
  #underWay = 0;
  #stop: Stop | undefined;
  #forbidden = 0;
  #notBefore: number | undefined;
  #storeFailedAt: number | undefined;
  #nextRefresh = Number.NEGATIVE_INFINITY;
  #refreshing = false;
  #told = Number.NEGATIVE_INFINITY;

  /** @param client names the credentials */
  constructor(context: Context, client: string, options: SendingOptions, tallies: Tallies) {
    this.#context = context;
    this.#client = client;
    this.#options = options;
    this.#tallies = tallies;
    this.#concurrency = options.concurrency ?? 10;
    const now = context.clock.monotonic();
    this.#pace = new Pace(options.perSecond ?? Number.POSITIVE_INFINITY, now);
    this.#rate = new Rate(now);
  }

  /** @returns why rows are left; `undefined` where none is that could be sent now */
  async run(): Promise<Stop | undefined> {
    const { signal } = this.#options;
    const abort = () => this.#waker.wake();
    signal?.addEventListener("abort", abort);
    try {
      for (;;) {
        if (signal?.aborted === true) this.#end({ by: "signal", message: "The run was stopped" });
        if (this.#health.isGone) {
          this.#end({ by: "api", message: "The API gives no answer that decides anything" });
        }
        const result = await this.#turn();
        this.#report(false);
        const isIdle = this.#underWay === 0 && this.#answers.length === 0;
        if (isIdle && this.#stop !== undefined) return this.#stop;
        const until = result === undefined ? 0 : this.#waitUntil(result);
        if (isIdle && until === undefined && !this.#refreshing) return this.#stop;
        await this.#waker.sleep(until);
        // What has come in together is written together.
        await setImmediate();
      }
    } finally {
      signal?.removeEventListener("abort", abort);
      this.#report(true);
    }
  }

  /** One transaction: the answers that have come, and what may leave next. */
  async #turn(): Promise<TurnResult | undefined> {
    const { store, clock, serverClock, times } = this.#context;
    const now = clock.monotonic();
    const limit = this.#stop === undefined && this.#storeFailedAt === undefined ? this.#limit(now) : 0;
    const resend = serverClock.isRecent;
    const asked = moment(clock);
    const answers = this.#answers;
    this.#answers = [];
    let result: TurnResult;
    try {
      result = await store.turn({
        now: serverClock.read(),
        answers,
        notBefore: this.#notBefore,
        claim: {
          limit,
          resend,
          client: this.#client,
          budget: times.budget,
          timeout: times.timeout,
          quiet: times.quiet,
          apart: times.apart,
          maxTotal: this.#options.maxTotal,
          maxAmount: this.#options.maxAmount,
        },
      });
    } catch (error) {
      // A claim whose commit was not confirmed is not sent.
      this.#answers = [...answers, ...this.#answers];
      await this.#storeFailed(error);
      return undefined;
    }
    const wasFailing = this.#storeFailedAt !== undefined;
    this.#storeFailedAt = undefined;
    this.#notBefore = undefined;
    this.#tallies.move(result.moves);
    this.#pace.take(result.tickets.length);
    for (const ticket of result.tickets) void this.#send(ticket, asked);
    if (!resend) this.#refreshClock();
    // Nobody was asked what there is to send.
    const isUnknown = wasFailing || (limit === 0 && this.#underWay === 0);
    return isUnknown ? { ...result, nextDue: clock.wall() } : result;
  }

  #limit(now: number): number {
    const most = Math.min(this.#concurrency, this.#health.allowed(this.#concurrency, now));
    return Math.max(0, Math.min(most - this.#underWay, this.#pace.allowed(now)));
  }

  /** How many milliseconds until something may happen by itself; `undefined` where nothing will. */
  #waitUntil(result: TurnResult): number | undefined {
    const { clock } = this.#context;
    if (this.#stop !== undefined) return undefined;
    if (result.blocked !== undefined && this.#underWay === 0 && this.#answers.length === 0) {
      const { by, id } = result.blocked;
      this.#end({ by, message: `${id} would go over the limit` });
      return undefined;
    }
    const now = clock.monotonic();
    const free = Math.max(this.#pace.next(now), this.#health.next(now)) - now;
    const isFull = this.#underWay >= this.#concurrency;
    if (free > 0) return this.#patience(free);
    if (result.tickets.length > 0) return isFull ? undefined : 0;
    return result.nextDue === undefined ? undefined : this.#patience(result.nextDue - clock.wall());
  }

  #patience(wait: number): number | undefined {
    if (wait <= LONGEST_WAIT) return Math.max(wait, 1);
    if (this.#underWay > 0) return LONGEST_WAIT;
    const minutes = Math.ceil(wait / 60_000);
    this.#end({
      by: "waiting",
      message: `The next request may leave in ${minutes} minutes. Run resume then`,
    });
    return undefined;
  }

  async #send(ticket: Ticket, asked: Moment): Promise<void> {
    const { api, sender, clock, serverClock, times } = this.#context;
    this.#underWay += 1;
    let sent: Sent;
    if (elapsed(asked, clock) >= times.budget) {
      // The process was paused between its claim and now. Nobody knows what has happened in the meantime.
      sent = { kind: "not-sent", reason: "The sender was paused for too long" };
    } else {
      this.requests += 1;
      const { call, body, key, first, tries } = ticket;
      const keyAge = tries === 1 ? undefined : ageOf(first, serverClock.read());
      sent = await sender
        .send({ call, body, key, keyAge, timeout: times.timeout })
        .catch((error: unknown) => ({ kind: "lost" as const, reason: messageOf(error) }));
    }
    if (sent.kind === "answered") serverClock.tell(sent.date);
    const meaning = classify(sent, api.call(ticket.call), api.codes);
    this.#learn(meaning, sent);
    this.#answers.push(this.#answer(ticket, meaning));
    this.#underWay -= 1;
    this.#waker.wake();
  }

  /** What an answer means for the run. */
  #learn(meaning: Meaning, sent: Sent): void {
    const now = this.#context.clock.monotonic();
    this.#health.tell(meaning, now);
    if (meaning.kind === "accepted" || meaning.kind === "refused") this.#rate.tell(now);
    if (meaning.kind === "accepted") this.#forbidden = Number.NEGATIVE_INFINITY;
    if (sent.kind === "answered" && sent.status === FORBIDDEN) this.#forbidden += 1;
    if (meaning.kind === "void" && meaning.after !== undefined) {
      this.#pace.slowDown(meaning.after, this.#rate.perSecond(now), now);
      // The next run has to wait as well, if this one ends before.
      this.#notBefore = Math.max(this.#notBefore ?? 0, this.#context.clock.wall() + meaning.after);
    }
    if (meaning.kind === "void" && meaning.pause) {
      this.#end({ by: "credentials", message: `The API does not take the credentials: ${meaning.reason}` });
    }
    if (this.#forbidden >= FORBIDDEN_PATIENCE) {
      this.#end({ by: "credentials", message: "The API refuses every row for its credentials" });
    }
    if (meaning.kind === "refused" && meaning.cause === "funds") {
      this.#end({ by: "funds", message: `The account lacks the money: ${meaning.reason}` });
    }
  }

  #answer({ attempt, tries }: Ticket, meaning: Meaning): Answer {
    const now = this.#context.clock.wall();
    switch (meaning.kind) {
      case "accepted":
        return { attempt, kind: "accepted", object: meaning.object, reason: "The API made it" };
      case "refused":
        return { attempt, kind: "refused", cause: meaning.cause, reason: meaning.reason };
      case "open":
        return { attempt, kind: "open", due: now + backoff(tries, Math.random()), reason: meaning.reason };
      case "void": {
        const wait = meaning.after ?? (meaning.pause ? 0 : backoff(Math.min(tries, 5), Math.random()));
        return { attempt, kind: "void", due: now + wait, reason: meaning.reason };
      }
    }
  }

  /** Nothing is sent again before the API has told what time it is. */
  #refreshClock(): void {
    const { reader, serverClock, clock } = this.#context;
    const [kind] = listedKinds(this.#context);
    const now = clock.monotonic();
    if (kind === undefined || this.#refreshing || now < this.#nextRefresh || this.#stop !== undefined) return;
    if (this.#tallies.counts.sending.rows === this.#underWay) return;
    this.#nextRefresh = now + 5_000;
    this.#refreshing = true;
    reader
      .page(kind, undefined)
      .then(
        ({ date }) => serverClock.tell(date),
        () => undefined,
      )
      .finally(() => {
        this.#refreshing = false;
        this.#waker.wake();
      });
  }

  /** Keeps what was answered, and claims nothing, until the store can be written again. */
  async #storeFailed(error: unknown): Promise<void> {
    const { clock } = this.#context;
    this.#storeFailedAt ??= clock.monotonic();
    const mayPass = error instanceof StoreBusyError;
    const isOver = !mayPass || clock.monotonic() - this.#storeFailedAt > STORE_PATIENCE;
    if (isOver && this.#underWay === 0) await this.#giveUp(error);
    else await sleep(STORE_PAUSE);
  }

  /** Writes one by one what can be written. The rest is found out by the next run. */
  async #giveUp(error: unknown): Promise<void> {
    const { store, serverClock } = this.#context;
    let lost = 0;
    for (const answer of this.#answers.splice(0)) {
      try {
        const { moves } = await store.turn({ now: serverClock.read(), answers: [answer], claim: undefined });
        this.#tallies.move(moves);
      } catch {
        lost += 1;
      }
    }
    const words = lost === 0 ? "" : ` ${lost} answers could not be kept; resume finds out what they were`;
    this.#stop = { by: "store", message: `${messageOf(error)}${words}` };
  }

  #end(stop: Stop): void {
    this.#stop ??= stop;
  }

  #report(isLast: boolean): void {
    const { onProgress } = this.#options;
    const now = this.#context.clock.monotonic();
    if (onProgress === undefined || (!isLast && now - this.#told < PROGRESS_EVERY)) return;
    this.#told = now;
    const { counts, total } = this.#tallies;
    const perSecond = this.#rate.perSecond(now);
    const left = counts.pending.rows + counts.sending.rows;
    onProgress({
      counts,
      total,
      perSecond,
      secondsLeft: perSecond > 0 ? left / perSecond : undefined,
      waiting: this.#pace.next(now) - now > 1_000 ? "The API has asked to slow down" : undefined,
    });
  }
}
