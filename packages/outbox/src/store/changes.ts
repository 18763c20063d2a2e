import type { State } from "../ledger/intent.ts";

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
