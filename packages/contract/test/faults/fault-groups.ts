import { acceptsFaults } from "./accepts.ts";
import { answersFaults } from "./answers.ts";
import { authenticatesFaults } from "./authenticates.ts";
import type { Faults } from "./fault.ts";
import { idempotencyFaults } from "./idempotency.ts";
import { parametersFaults } from "./parameters.ts";
import { refusesFaults } from "./refuses.ts";
import { resourcesFaults } from "./resources.ts";
import { pathFaults, survivesFaults } from "./survives.ts";

/** Faults, and the checks that have to find them. */
export interface FaultGroup {
  /** New ones: some remember what they were sent. */
  readonly faults: () => Faults;
  /** The groups of checks. */
  readonly groups: readonly string[];
  readonly operations: readonly string[];
}

/** The operations with a body, starting with the one with the fewest checks: most faults are in all of them. */
const OPERATIONS = ["createPayoutRequest", "sendPayout", "createPayoutLink"];
/** The same for faults of keys, which the first operation does not have. */
const KEYED = ["sendPayout", "createPayoutLink", "createPayoutRequest"];

/** All faults of answers. Those of deliveries are separate: they need a receiver. */
export const faultGroups = {
  accepts: { faults: () => acceptsFaults, groups: ["accepts"], operations: OPERATIONS },
  refuses: { faults: () => refusesFaults, groups: ["refuses"], operations: OPERATIONS },
  parameters: { faults: () => parametersFaults, groups: ["refuses/query"], operations: ["listTransfers"] },
  answers: { faults: () => answersFaults, groups: ["answers", "accepts"], operations: OPERATIONS },
  authenticates: { faults: () => authenticatesFaults, groups: ["authenticates"], operations: OPERATIONS },
  idempotency: { faults: idempotencyFaults, groups: ["idempotency"], operations: KEYED },
  resources: { faults: resourcesFaults, groups: ["resources"], operations: OPERATIONS },
  survives: { faults: survivesFaults, groups: ["survives"], operations: OPERATIONS },
  paths: { faults: () => pathFaults, groups: ["survives"], operations: ["retrievePayoutLink"] },
} satisfies Readonly<Record<string, FaultGroup>>;
