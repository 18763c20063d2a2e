import type { Account } from "../ledger/account.ts";
import type { Reading } from "../ledger/age.ts";
import type { SeenFollowUp } from "../ledger/follow-up.ts";
import type { HistoryEntry, Intent, NewIntent, State } from "../ledger/intent.ts";

/** What became of adding an intent. */
export interface Added {
  /** Your own ID. */
  readonly id: string;
  /** `differs`: the ID is known with other content, and nothing was changed. */
  readonly outcome: "added" | "known" | "differs";
  /** The state that the row is in now. */
  readonly state: State;
  /** The call that the ID was first added with. */
  readonly call: string;
  /** What the caller gave when the ID was first added. */
  readonly given: string;
}

/** What came of an attempt. */
export type Answer = {
  readonly attempt: number;
  /** In words, for the history. */
  readonly reason: string;
} & (
  | { readonly kind: "accepted"; readonly object: SeenObject }
  /** A definite refusal. `cause` tells those that `resume` tries again. */
  | { readonly kind: "refused"; readonly cause: "funds" | undefined }
  /** Surely not carried out. `after`: how long its row waits before it is sent again, in milliseconds. */
  | { readonly kind: "void"; readonly after: number }
  /** Nobody knows. `client`: as whom it was sent, where that is not whom it was meant for. */
  | { readonly kind: "open"; readonly after: number; readonly client?: string | undefined }
);

/** Something that the API made, as it was seen. */
export interface SeenObject {
  readonly kind: string;
  readonly id: string;
  /** What became of it, in the API's words. */
  readonly fate: string | undefined;
  /** When it was made, on the API's clock, where that is told. */
  readonly created?: number | undefined;
}

/** Something in the API's list that carries our reference. */
export interface FoundObject extends SeenObject {
  /** The calls that make objects of its kind. One of another call's intent has followed from what that made. */
  readonly calls: readonly string[];
  readonly reference: string;
  readonly digest: string | undefined;
}

/** What to claim. */
export interface ClaimRequest {
  readonly limit: number;
  /** Whether open attempts may be repeated now. */
  readonly resend: boolean;
  /** Names the sender and its credentials, as far as they may be known. */
  readonly client: string;
  /** From the claim's request to the latest end of its answer. */
  readonly budget: number;
  readonly timeout: number;
  readonly quiet: number;
  readonly apart: number;
  /** Who sends, for the store's log. */
  readonly who: string;
}

/** What holds for all that send from a store. What is `undefined` is not limited. */
export interface Limits {
  /** How many requests may leave per second, from all workers together. */
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

/** A request that may leave now. */
export interface Ticket {
  readonly attempt: number;
  readonly id: string;
  readonly call: string;
  readonly body: string;
  readonly key: string | undefined;
  readonly amount: number;
  /** How many requests there have been for this key, this one included. */
  readonly tries: number;
  /** How old the key was when this was taken, in milliseconds: what the clock says that saw more time pass. */
  readonly age: number;
}

/** A row that a person has moved to another state. */
export interface Move {
  /** Your own ID. */
  readonly id: string;
  /** What it pays, in the unit of the API: cents. */
  readonly amount: number;
  /** The state before. */
  readonly from: State;
  /** The state now. */
  readonly to: State;
}

export interface Turn {
  readonly now: Reading;
  readonly answers: readonly Answer[];
  readonly claim: ClaimRequest | undefined;
  /** For how long the API has asked everyone to wait, in milliseconds from now on. */
  readonly wait?: number | undefined;
  /** Why no worker sends any more until a person says so. A store with one sender leaves that to the sender. */
  readonly hold?: string | undefined;
}

export interface TurnResult {
  readonly tickets: readonly Ticket[];
  readonly moves: readonly Move[];
  /** Why there is no more to claim, although there are rows: the row that would go over a limit. */
  readonly blocked: Blocked | undefined;
  /** In how many milliseconds a row may be sent, where none can be now; `undefined` where none is left. */
  readonly nextIn: number | undefined;
  /** Whether rows wait for being sent again, which takes the API's time. */
  readonly needsTime: boolean;
  /** Whether the store was away, so that the list has to be asked before anything is taken. */
  readonly needsLook?: boolean;
  /** Why no worker sends. */
  readonly held?: string | undefined;
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

/** What became of rows that were accepted. */
export interface FateTally {
  /** In the API's words; `undefined` where it does not say. */
  readonly fate: string | undefined;
  /** How many rows. */
  readonly rows: number;
  /** The sum of their amounts, in the unit of the API: cents. */
  readonly amount: number;
}

/** What a pass over the list has shown. */
export interface Fold {
  readonly resolved: readonly Move[];
  /** Objects with a reference of this ledger that it has not sent. */
  readonly unknown: readonly FoundObject[];
  readonly fates: number;
  /** How many objects were shown that the ledger knew to be its own: so many times the list has shown a reference. */
  readonly own: number;
}

/** A pass over a list. */
export interface Look {
  /** What it has shown all of. */
  readonly calls: readonly string[];
  /** Only rows that were first sent since then can have been shown. */
  readonly since: number;
  /** When it began. */
  readonly began: Reading;
  /** Whose list it was: it says nothing of what another client has sent. */
  readonly client: string;
  /** Whether it has shown the reference of a row whose object was known before. */
  readonly shows: boolean;
}

export interface Finding {
  readonly id: string;
  readonly paid: boolean;
  readonly who: string;
  readonly note: string | undefined;
  readonly object: string | undefined;
  /** Whether nothing but the list says so, and no person who knows of this row. */
  readonly byList: boolean;
}

/** That a person has looked at an alarm. */
export interface Acknowledgement {
  readonly id: string;
  readonly who: string;
  readonly note: string | undefined;
}

/** What the ledger is, and what keeps it from sending. */
export interface LedgerStatus {
  /** A name that no other ledger has. */
  readonly uuid: string;
  /** Where the money goes from. */
  readonly account: Account;
  /** The highest time that was stored. */
  readonly highest: number;
  /** Up to when it knows what was sent from it. After a restore, that is the time of the backup. */
  readonly knownUntil: number;
  /** Why nothing may be sent until a person has looked. */
  readonly stopped: string | undefined;
  /** Why the last run paused. */
  readonly paused: string | undefined;
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
  /** How long ago it was last heard of, in milliseconds. */
  readonly silentFor: number;
  /** How many requests it has under way at most. */
  readonly concurrency: number;
  /** How many requests it has under way. */
  readonly underWay: number;
  /** How many requests it has sent. */
  readonly requests: number;
  /** What it waits for, where it does. */
  readonly waiting: string | undefined;
}

/** What a worker says of itself. */
export type WorkerNews = Pick<Worker, "concurrency" | "underWay" | "requests" | "waiting">;

/** While it is held, no other process sends, from a store with one sender. */
export interface SenderLock {
  release(): void;
}

/**
 * Keeps intents and everything that happened to them. Each method is one transaction. What it has returned is safe on
 * the disk.
 */
export interface Store {
  /** Its name, as it may be shown. */
  readonly name: string;
  /** Whether several processes may send from it at once. */
  readonly isShared: boolean;
  /**
   * The time on the ledger's clock.
   * @param machine what the clock of this machine says
   */
  time(machine: number): Promise<number>;
  status(): Promise<LedgerStatus>;
  add(intents: readonly NewIntent[], now: number): Promise<Added[]>;

  /** @throws OutboxError when another sender is at work. */
  lockSender(): Promise<SenderLock>;
  /**
   * Takes in what a sender has to say before its first claim.
   * @returns what holds for it now
   * @throws OutboxError when another client sends from this store
   */
  enter(entry: Entry, now: Reading): Promise<Limits>;
  /** Ends what an earlier run paused for, and the leases of senders that are surely gone. */
  begin(now: Reading): Promise<void>;
  /** Stores answers, and claims what may leave next. */
  turn(turn: Turn): Promise<TurnResult>;
  /** Gives up what may not be sent again. `client`: whose keys are still good. */
  sweep(now: Reading, client: string, apart: number): Promise<Move[]>;
  /** Notes that the list has shown nothing up to this moment that the ledger does not know. */
  witnessed(began: Reading): Promise<void>;
  pause(reason: string): Promise<void>;
  /** Nothing is sent any more until `recover`. */
  stop(reason: string): Promise<void>;

  /** Takes in what the list shows. */
  fold(found: readonly FoundObject[], now: Reading): Promise<Fold>;
  /** Notes that a list was read. */
  lookedUp(look: Look): Promise<void>;
  /** Takes in what follows from objects of ours. */
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
   * @param compose makes what is sent from the new generation and what was given before
   */
  retry(
    id: string,
    compose: (generation: number, given: string) => NewIntent,
    who: string | undefined,
    now: Reading,
  ): Promise<Move>;
  /** Rows that `resume` starts over: refused for a lack of funds, or never carried out and with a key that is too old. */
  startOver(now: Reading): Promise<string[]>;
  /** Gives up what a restored ledger says, but for what was accepted. */
  recover(now: Reading, quiet: number, who: string): Promise<number>;

  /** Whether this worker is to look after the store now: once in so many milliseconds, one of all workers is. */
  tend(every: number): Promise<boolean>;
  /** Says that this worker is there, and how it is. */
  beat(news: WorkerNews): Promise<void>;
  /** Says that it is gone. */
  leave(): Promise<void>;
  /** The workers that were heard of lately. */
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
