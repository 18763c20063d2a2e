import type { Change } from "../store/store.ts";
import type { Fired } from "./fired.ts";

/** Sends events to their receivers. */
export interface Events {
  /** Whether there is a receiver; computing events costs time. */
  isHeard(): boolean;
  /** Prepares deliveries of events. They are sent once the change that they report is stored. */
  write(fired: readonly Fired[]): Written;
}

/** Prepared deliveries. */
export interface Written {
  /** What must be stored together with the reported change, so that no event is lost. */
  readonly kept: readonly Change[];
  readonly send: () => void;
}

const NOTHING: Written = { kept: [], send: () => {} };

/** No receiver. */
export const UNHEARD: Events = { isHeard: () => false, write: () => NOTHING };
