import { STATES } from "../../ledger/intent.ts";

/** All states, as a list in SQL. */
export const STATE_LIST = STATES.map((state) => `'${state}'`).join(", ");

/** Whether the money of an intent in this state may have moved, or may be about to. */
export const MAY_MOVE = (row: string): string =>
  `${row}.state IN ('sending', 'accepted', 'unresolved', 'settled-paid')`;
