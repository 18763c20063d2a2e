export { CannotRun } from "./errors/cannot-run.ts";
export type { RuleCoverage } from "./report/coverage.ts";
export { html } from "./report/html.ts";
export { junit } from "./report/junit.ts";
export type { Cause, CheckReport, Coverage, Detail, NotExercised, Report } from "./report/model.ts";
export { pretty } from "./report/pretty.ts";
export type { ShownExchange } from "./report/show.ts";
export type { Announcement, ContractOptions, Progress } from "./run/contract-options.ts";
export { runContract } from "./run-contract.ts";
