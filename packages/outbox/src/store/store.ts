import type { Account } from "../ledger/account.ts";
import type { Reading } from "../ledger/age.ts";
import type { SeenFollowUp } from "../ledger/follow-up.ts";
import type { HistoryEntry, Intent, NewIntent, State } from "../ledger/intent.ts";

/** The result of adding an intent. */
export interface Added {
  /** Your own ID. */
  readonly id: string;
  /** `differs`: the ID is known with different content, and nothing was changed. */
  readonly outcome: "added" | "known" | "differs";
  /** The current state of the row. */
  readonly state: State;
  /** The call that the ID was first added with. */
  readonly call: string;
  /** What the caller passed when the ID was first added. */
  readonly given: string;
}

/** The result of an attempt. */
export type Answer = {
  readonly attempt: number;
  /** A message for the history. */
  readonly reason: string;
} & (
  | {
      readonly kind: "accepted";
      readonly object: SeenObject;
      /** What a person has to look at all the same. */
      readonly alarm?: string | undefined;
    }
  /** A definite refusal. `cause` marks those that `resume` tries again. */
  | { readonly kind: "refused"; readonly cause: "funds" | undefined }
  /** Certainly not carried out. `after`: how long its row waits before it is sent again, in milliseconds. */
  | { readonly kind: "void"; readonly after: number }
  /** Unknown. `client`: the client that it was sent as, if not the intended one. */
  | {
      readonly kind: "open";
      readonly after: number;
      readonly client?: string | undefined;
      /** A success that does not match its request. `other`: the object, if it has another reference. */
      readonly odd?: { readonly other: FoundObject | undefined } | undefined;
    }
);

/** An object that the API created, as it was seen. */
export interface SeenObject {
  readonly kind: string;
  readonly id: string;
  /** What happened to it, in the API's terms. */
  readonly fate: string | undefined;
  /** When it was created, on the API's clock, if known. */
  readonly created?: number | undefined;
  /** Whether it carries the reference of the row that it was made for. */
  readonly isOurs?: boolean;
}

/** Something in the API's list that has our reference. */
export interface FoundObject extends SeenObject {
  /**
   * The calls that create objects of its kind. One that belongs to another call's intent was created from that call's
   * object.
   */
  readonly calls: readonly string[];
  readonly reference: string;
  readonly digest: string | undefined;
}

/** What to claim. */
export interface ClaimRequest {
  readonly limit: number;
  /** Whether open attempts may be repeated now. */
  readonly resend: boolean;
  /** Identifies the sender and its credentials, as far as they may be revealed. */
  readonly client: string;
  /** From requesting the claim to the latest possible end of its answer. */
  readonly budget: number;
  readonly timeout: number;
  readonly quiet: number;
  readonly apart: number;
  /** Who sends, for the store's log. */
  readonly who: string;
}

/** Limits for every sender of a store. `undefined` means no limit. */
export interface Limits {
  /** Requests per second, from all workers together. */
  readonly perSecond: number | undefined;
  /** The most that all rows of the store may pay together, in the unit of the API: cents. */
  readonly maxTotal: number | undefined;
  /** The most that one row may pay. */
  readonly maxAmount: number | undefined;
}

/** Limits to change. `null` lifts one; what is `undefined` stays as it is. */
export type LimitChange = { readonly [Name in keyof Limits]: number | null | undefined };

/** A sender that begins. */
export interface Entry {
  /** Names its credentials. */
  readonly client: string;
  /** Whether they are meant to be another client's than before. */
  readonly isNewClient: boolean;
  readonly limits: LimitChange;
  /** Who it is, for the store's log. */
  readonly who: string;
}

/** A request that may be sent now. */
export interface Ticket {
  readonly attempt: number;
  readonly id: string;
  readonly call: string;
  readonly body: string;
  readonly key: string | undefined;
  readonly amount: number;
  /** The number of requests with this key, including this one. */
  readonly tries: number;
  /** How old the key was when this was claimed, in milliseconds, by the clock on which more time has passed. */
  readonly age: number;
}

/** A row that a person has moved to another state. */
export interface Move {
  /** Your own ID. */
  readonly id: string;
  /** What it pays, in the unit of the API: cents. */
  readonly amount: number;
  /** The previous state. */
  readonly from: State;
  /** The new state. */
  readonly to: State;
}

export interface Turn {
  readonly now: Reading;
  readonly answers: readonly Answer[];
  readonly claim: ClaimRequest | undefined;
  /** For how long the API has asked everyone to wait, in milliseconds from now on. */
  readonly wait?: number | undefined;
  /** Why no worker sends until a person allows it. A store with one sender leaves that to the sender. */
  readonly hold?: string | undefined;
}

export interface TurnResult {
  readonly tickets: readonly Ticket[];
  readonly moves: readonly Move[];
  /** Why nothing more can be claimed although there are rows: the row that would exceed a limit. */
  readonly blocked: Blocked | undefined;
  /** Milliseconds until a row may be sent, if none can be now; `undefined` if none is left. */
  readonly nextIn: number | undefined;
  /** Whether rows wait to be sent again, which requires the API's time. */
  readonly needsTime: boolean;
  /** Whether the store was down, so that the list must be read before anything is claimed. */
  readonly needsLook?: boolean;
  /** Why no worker sends. */
  readonly held?: string | undefined;
  /** Why nothing leaves for now, though nothing has stopped it. */
  readonly waits?: string | undefined;
  /** Whose store it is, where that is not the client that asks: it may take nothing. */
  readonly otherClient?: string | undefined;
  /** How many may leave per second, where the store leaves that to its only sender. */
  readonly perSecond?: number | undefined;
}

/** A row that would go over a limit. */
export interface Blocked {
  readonly by: "max-total" | "max-amount";
  readonly id: string;
  /** The limit, in the unit of the API: cents. */
  readonly limit: number;
}

export interface Tally {
  readonly state: State;
  readonly rows: number;
  readonly amount: number;
}

/** What happened to accepted rows. */
export interface FateTally {
  /** In the API's terms; `undefined` if it does not say. */
  readonly fate: string | undefined;
  /** How many rows. */
  readonly rows: number;
  /** The sum of their amounts, in the unit of the API: cents. */
  readonly amount: number;
}

/** The findings of a pass over the list. */
export interface Fold {
  readonly resolved: readonly Move[];
  /** Objects with this ledger's references that it has not sent. */
  readonly unknown: readonly FoundObject[];
  readonly fates: number;
  /** How many of the ledger's own objects the list has shown, each with a reference. */
  readonly own: number;
}

/** A pass over a list. */
export interface Look {
  /** The kinds that it has shown completely. */
  readonly calls: readonly string[];
  /** It can only have shown rows that were first sent since then. */
  readonly since: number;
  /** When it began. */
  readonly began: Reading;
  /** Whose list it was: it says nothing about what another client has sent. */
  readonly client: string;
  /** Whether it has shown the reference of a row whose object was already known. */
  readonly shows: boolean;
}

export interface Finding {
  readonly id: string;
  readonly paid: boolean;
  readonly who: string;
  readonly note: string | undefined;
  readonly object: string | undefined;
  /** Whether only the list says so, and no person who knows this row. */
  readonly byList: boolean;
}

/** That a person has looked at an alarm. */
export interface Acknowledgement {
  readonly id: string;
  readonly who: string;
  readonly note: string | undefined;
}

/** The status of the ledger, and what keeps it from sending. */
export interface LedgerStatus {
  /** Its unique name. */
  readonly uuid: string;
  /** The account that pays. */
  readonly account: Account;
  /** The highest time that was stored. */
  readonly highest: number;
  /** The time up to which it knows what was sent from it. After a restore, that is the time of the backup. */
  readonly knownUntil: number;
  /** Why nothing may be sent until a person has checked. */
  readonly stopped: string | undefined;
  /** Why the last run paused. */
  readonly paused: string | undefined;
  /** Why nothing leaves for now, though nothing has stopped it: a wait that the API has asked for, for instance. */
  readonly waits: string | undefined;
  /** Whether it has ever sent something. */
  readonly hasSent: boolean;
  /** The sum of what may have been paid. */
  readonly reserved: number;
  /** Start of the earliest first attempt of a row that is not decided. */
  readonly oldestOpen: number | undefined;
  /** Start of the earliest first attempt of all. */
  readonly oldest: number | undefined;
  /** What holds for all that send from it. */
  readonly limits: Limits;
  /** The client that sends from it, with a digest for its ID; `undefined` before the first request. */
  readonly client: string | undefined;
}

/** Something that a person has set for the whole store. Lines are only ever added. */
export interface LogEntry {
  /** When, in milliseconds since the epoch. */
  readonly at: number;
  /** What was set. */
  readonly event: "per-second" | "max-total" | "max-amount" | "client";
  /** What it was set to. */
  readonly detail: string;
  /** Who it was. */
  readonly who: string;
}

/** A process that sends from a store. */
export interface Worker {
  /** The machine and the process. */
  readonly name: string;
  /** When it began, in milliseconds since the epoch. */
  readonly began: number;
  /** How long ago it last reported, in milliseconds. */
  readonly silentFor: number;
  /** How many requests it has in progress at most. */
  readonly concurrency: number;
  /** How many requests it has in progress. */
  readonly underWay: number;
  /** How many requests it has sent. */
  readonly requests: number;
  /** What it waits for, if anything. */
  readonly waiting: string | undefined;
}

/** The status that a worker reports. */
export type WorkerNews = Pick<Worker, "concurrency" | "underWay" | "requests" | "waiting">;

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
  /** Keeps why a run paused; `undefined` ends that. */
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
  /** What was set for the whole store, oldest first. */
  log(): Promise<LogEntry[]>;
  close(): Promise<void>;
}
