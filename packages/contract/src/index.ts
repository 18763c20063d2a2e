export { type Announcement, type ContractOptions, type Progress, runContract } from "./contract.ts";
export { CannotRun } from "./failure.ts";
export type { RuleCoverage } from "./report/coverage.ts";
export type { Cause, CheckReport, Coverage, Detail, NotExercised, Report } from "./report/report.ts";
export type { ShownExchange } from "./report/show.ts";
export { html } from "./reporters/html.ts";
export { junit } from "./reporters/junit.ts";
export { pretty } from "./reporters/pretty.ts";
