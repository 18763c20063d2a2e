import type { Reading } from "../ledger/age.ts";
import type { SeenFollowUp } from "../ledger/follow-up.ts";
import type { HistoryEntry, Intent, NewIntent, State } from "../ledger/intent.ts";
import type { Acknowledgement, Added, Finding, Move } from "./changes.ts";
import type { Fold, FoundObject, Look } from "./objects.ts";
import type { Entry, Limits, LogEntry } from "./settings.ts";
import type { FateTally, LedgerStatus, Tally, Worker, WorkerNews } from "./status.ts";
import type { Turn, TurnResult } from "./turn.ts";

/** While it is held, no other process sends, from a store with one sender. */
export interface SenderLock {
  release(): void;
}

/**
 * Stores intents and everything that happened to them. Each method is one transaction. Once it returns, its changes are
 * safe on disk.
 */
export interface Store {
  /** Its name, safe to show. */
  readonly name: string;
  /** Whether several processes may send from it at once. */
  readonly isShared: boolean;
  /**
   * The time on the ledger's clock.
   * @param machine the time on this machine's clock
   */
  time(machine: number): Promise<number>;
  status(): Promise<LedgerStatus>;
  add(intents: readonly NewIntent[], now: number): Promise<Added[]>;

  /** @throws OutboxError if another sender is active. */
  lockSender(): Promise<SenderLock>;
  /**
   * Checks the client of a sender, and stores its limits, before its first claim.
   * @returns the limits that apply now
   * @throws OutboxError if another client sends from this store
   */
  enter(entry: Entry, now: Reading): Promise<Limits>;
  /** Ends the pause of an earlier run, and the leases of senders that are certainly gone. */
  begin(now: Reading): Promise<void>;
  /** Stores answers, and claims what may be sent next. */
  turn(turn: Turn): Promise<TurnResult>;
  /** Gives up what may not be sent again. `client`: whose keys are still valid. */
  sweep(now: Reading, client: string, apart: number): Promise<Move[]>;
  /** Records that up to this moment the list has shown nothing unknown to the ledger. */
  witnessed(began: Reading): Promise<void>;
  /** Stores why a run paused; `undefined` ends the pause. */
  pause(reason: string | undefined): Promise<void>;
  /** Stops sending until `recover`. */
  stop(reason: string): Promise<void>;

  /** Records what the list shows. */
  fold(found: readonly FoundObject[], now: Reading): Promise<Fold>;
  /** Records that a list was read. */
  lookedUp(look: Look): Promise<void>;
  /** Records what was created from our objects. */
  foldFollowUps(seen: readonly SeenFollowUp[], now: Reading): Promise<void>;
  /** Which intent an object belongs to. */
  ownerOf(object: string): Promise<string | undefined>;
  /** @returns whether this event is new. */
  isNewEvent(id: string): Promise<boolean>;
  keepEvent(id: string, now: number): Promise<void>;

  settle(finding: Finding, now: Reading): Promise<Move>;
  /** @returns what the alarm said */
  acknowledge(acknowledgement: Acknowledgement, now: Reading): Promise<string>;
  /**
   * Starts a new generation.
   * @param compose makes the new content, from the new generation and what was passed before
   */
  retry(
    id: string,
    compose: (generation: number, given: string) => NewIntent,
    who: string | undefined,
    now: Reading,
  ): Promise<Move>;
  /**
   * Rows that `resume` starts over: refused for a lack of funds, or never carried out with a key that is now too old.
   */
  startOver(now: Reading): Promise<string[]>;
  /** Discards what a restored ledger says, except for accepted rows. */
  recover(now: Reading, quiet: number, who: string): Promise<number>;

  /** Whether this worker should do maintenance of the store now: one of all workers does, once per interval. */
  tend(every: number): Promise<boolean>;
  /** Reports that this worker is alive, and its status. */
  beat(news: WorkerNews): Promise<void>;
  /** Reports that it is gone. */
  leave(): Promise<void>;
  /** The recently active workers. */
  workers(): Promise<Worker[]>;

  tally(): Promise<Tally[]>;
  fates(): Promise<FateTally[]>;
  find(id: string): Promise<Intent | undefined>;
  /** Intents in the order in which they were added, page by page. */
  list(states: readonly State[] | undefined): AsyncIterable<Intent>;
  /** Intents that a person has to look at. */
  alarms(): Promise<Intent[]>;
  history(id: string): Promise<HistoryEntry[]>;
  /** The settings of the whole store, oldest first. */
  log(): Promise<LogEntry[]>;
  close(): Promise<void>;
}
