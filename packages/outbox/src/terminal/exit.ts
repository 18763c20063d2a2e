import type { Counts } from "../engine/summary.ts";

/** The command's exit codes. These are promises. */
export const EXIT = {
  /** Every row is accepted or settled. */
  done: 0,
  /** Some rows are refused or unresolved, or need attention. */
  attention: 1,
  /** It could not start. */
  cannotStart: 2,
  /** It stopped with rows left to send. */
  stopped: 3,
} as const;

export type Exit = (typeof EXIT)[keyof typeof EXIT];

export function exitOf(counts: Counts, alarms: number, isStopped: boolean): Exit {
  if (isStopped || counts.pending.rows + counts.sending.rows > 0) return EXIT.stopped;
  if (alarms + counts.refused.rows + counts.unresolved.rows > 0) return EXIT.attention;
  return EXIT.done;
}
