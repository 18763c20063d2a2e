import { STATES, type State } from "../ledger/intent.ts";
import type { Move } from "../store/changes.ts";
import type { Tally } from "../store/status.ts";

/** How many rows are in a state, and their total amount. */
export interface Count {
  /** How many rows. */
  readonly rows: number;
  /** The sum of their amounts, in the unit of the API: cents. */
  readonly amount: number;
}

/** Rows and amounts by state. */
export type Counts = Readonly<Record<State, Count>>;

/** Why a run ended with rows left to send. */
export interface Stop {
  /**
   * What ended it: your `signal`, an account without funds, refused credentials, a limit, the API, the store, or rows
   * that have to wait.
   */
  readonly by: "signal" | "funds" | "credentials" | "max-total" | "max-amount" | "api" | "store" | "waiting";
  /** What happened and what to do, for a person. */
  readonly message: string;
}

/** The progress of a run. */
export interface Progress {
  /** Rows by state. */
  readonly counts: Counts;
  /** All rows. */
  readonly total: Count;
  /** Recently decided rows per second. */
  readonly perSecond: number;
  /** Seconds until all rows are decided, at this rate; `undefined` while unknown. */
  readonly secondsLeft: number | undefined;
  /** What the run is waiting for, if anything. */
  readonly waiting: string | undefined;
}

/** The result of a run. */
export interface Summary {
  /** Rows by state. */
  readonly counts: Counts;
  /** All rows. */
  readonly total: Count;
  /** Rows that a person has to look at first, for instance because the API made two objects for one. */
  readonly alarms: number;
  /** Absent if every row is decided. */
  readonly stopped: Stop | undefined;
  /** How many requests were sent. */
  readonly requests: number;
}

/** Counts rows while they move from state to state. */
export class Tallies {
  readonly #counts: Map<State, { rows: number; amount: number }>;

  constructor(tally: readonly Tally[]) {
    this.#counts = new Map(STATES.map((state) => [state, { rows: 0, amount: 0 }]));
    for (const { state, rows, amount } of tally) this.add(state, rows, amount);
  }

  move(moves: readonly Move[]): void {
    for (const { from, to, amount } of moves) {
      this.add(from, -1, -amount);
      this.add(to, 1, amount);
    }
  }

  get counts(): Counts {
    const of = (state: State): Count => ({ rows: 0, amount: 0, ...this.#counts.get(state) });
    return {
      pending: of("pending"),
      sending: of("sending"),
      accepted: of("accepted"),
      refused: of("refused"),
      unresolved: of("unresolved"),
      "settled-paid": of("settled-paid"),
      "settled-not-paid": of("settled-not-paid"),
    };
  }

  get total(): Count {
    const all = [...this.#counts.values()];
    return {
      rows: all.reduce((sum, { rows }) => sum + rows, 0),
      amount: all.reduce((sum, { amount }) => sum + amount, 0),
    };
  }

  add(state: State, rows: number, amount: number): void {
    const count = this.#counts.get(state);
    if (count === undefined) return;
    count.rows += rows;
    count.amount += amount;
  }
}
