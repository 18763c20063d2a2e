import type { Change } from "../store/store.ts";
import type { Fired } from "./fired.ts";

/** Events on their way to those who are told of them. */
export interface Events {
  /** Whether anybody is; working events out costs time. */
  isHeard(): boolean;
  /** Writes what is told of events. It is sent once what they tell of is kept. */
  write(fired: readonly Fired[]): Written;
}

/** What is told of events. */
export interface Written {
  /** What has to be kept together with that which they tell of, so that none is lost. */
  readonly kept: readonly Change[];
  readonly send: () => void;
}

const NOTHING: Written = { kept: [], send: () => {} };

/** Nobody is told. */
export const UNHEARD: Events = { isHeard: () => false, write: () => NOTHING };
