export type { Violation } from "../runtime/validate.ts";
export type { Validation } from "./types.ts";
export { type ValidationOptions, validation } from "./validation.ts";
