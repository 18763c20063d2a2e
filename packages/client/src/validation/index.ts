export type { Validation } from "../checker.ts";
export type { Violation } from "../errors/violation.ts";
export { type ValidationOptions, validation } from "./validation.ts";
