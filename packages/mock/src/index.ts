export type { JournalEntry } from "./journal/entry.ts";
export { MockError } from "./mock-error.ts";
export type { MockOptions } from "./options/mock-options.ts";
export type { SpecSource } from "./spec/read-spec.ts";
export { type Mock, type MockClock, startMock } from "./start-mock.ts";
export type { Disturbance, Fault } from "./wire/fault.ts";
export type { Reason } from "./wire/refusal.ts";
export type { PendingAnswer, PlannedAnswer } from "./wishes/planned-answers.ts";
