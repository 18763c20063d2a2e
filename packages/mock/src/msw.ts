export type { JournalEntry } from "./journal.ts";
export { MockError } from "./mock-error.ts";
export { type MockHandlers, type MockHandlersOptions, mockHandlers } from "./msw-handlers.ts";
export type { PlannedAnswer } from "./planned-answers.ts";
export type { Reason } from "./refusal.ts";
