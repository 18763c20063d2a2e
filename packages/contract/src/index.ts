export { CannotRun } from "./errors/cannot-run.ts";
export { SEVERITIES, type Severity } from "./expectations/broken-promise.ts";
export type { RuleCoverage } from "./report/coverage.ts";
export { html } from "./report/html.ts";
export { junit } from "./report/junit.ts";
export type {
  Cause,
  CheckReport,
  Coverage,
  Detail,
  NotExercised,
  OwnRule,
  Report,
} from "./report/model.ts";
export { pretty } from "./report/pretty.ts";
export type { ShownExchange } from "./report/show.ts";
export type { Announcement, ContractOptions, Progress } from "./run/contract-options.ts";
export { runContract } from "./run-contract.ts";
export type { Created } from "./suite/created.ts";
