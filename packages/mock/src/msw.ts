export { MockError } from "./mock-error.ts";
export { type MockHandlers, type MockHandlersOptions, mockHandlers } from "./msw/msw-handlers.ts";
export type { JournalEntry } from "./store/journal-entry.ts";
export type { Reason } from "./wire/refusal.ts";
export type { PlannedAnswer } from "./wishes/planned-answers.ts";
