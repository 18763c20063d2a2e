export type { Disturbance, Fault } from "./disturbance.ts";
export type { JournalEntry } from "./journal.ts";
export { MockError } from "./mock-error.ts";
export type { PlannedAnswer } from "./planned-answers.ts";
export type { Reason } from "./refusal.ts";
export type { SpecSource } from "./spec-source.ts";
export { type Mock, type MockOptions, startMock } from "./start-mock.ts";
