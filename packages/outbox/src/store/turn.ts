import type { Reading } from "../ledger/age.ts";
import type { Move } from "./changes.ts";
import type { FoundObject, SeenObject } from "./objects.ts";

export interface Turn {
  readonly now: Reading;
  readonly answers: readonly Answer[];
  readonly claim: ClaimRequest | undefined;
  /** How long the API has asked everyone to wait from now on, in milliseconds. */
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
  /** Why nothing is sent for now, although nothing has stopped it. */
  readonly waits?: string | undefined;
  /** The client that the store belongs to, if it is not the requesting one, which then gets nothing. */
  readonly otherClient?: string | undefined;
  /** How many requests may be sent per second, if the store leaves that to its only sender. */
  readonly perSecond?: number | undefined;
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

/** The result of an attempt. */
export type Answer = {
  readonly attempt: number;
  /** A message for the history. */
  readonly reason: string;
} & (
  | {
      readonly kind: "accepted";
      readonly object: SeenObject;
      /** Something that a person has to look at anyway. */
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

/** A row that would exceed a limit. */
export interface Blocked {
  readonly by: "max-total" | "max-amount";
  readonly id: string;
  /** The limit, in the unit of the API: cents. */
  readonly limit: number;
}
