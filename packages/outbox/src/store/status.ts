import type { Account } from "../ledger/account.ts";
import type { State } from "../ledger/intent.ts";
import type { Limits } from "./settings.ts";

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
  /** Why nothing is sent for now, although nothing has stopped it: for instance, because the API asked to wait. */
  readonly waits: string | undefined;
  /** Whether it has ever sent something. */
  readonly hasSent: boolean;
  /** The sum of what may have been paid. */
  readonly reserved: number;
  /** Start of the earliest first attempt of a row that is not decided. */
  readonly oldestOpen: number | undefined;
  /** Start of the earliest first attempt of all. */
  readonly oldest: number | undefined;
  /** The limits of all its senders. */
  readonly limits: Limits;
  /** The client that sends from it, with a digest for its ID; `undefined` before the first request. */
  readonly client: string | undefined;
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

/** A process that sends from a store. */
export interface Worker {
  /** The machine and the process. */
  readonly name: string;
  /** When it started, in milliseconds since the epoch. */
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
