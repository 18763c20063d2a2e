export type { Violation } from "../errors/violation.ts";
export type { Validation } from "./types.ts";
export { type ValidationOptions, validation } from "./validation.ts";
