export type { Violation } from "../errors/dots-error.ts";
export type { Validation } from "./types.ts";
export { type ValidationOptions, validation } from "./validation.ts";
