export { createClient } from "../call/create-client.ts";
export * from "../generated/functions.ts";
export type { Client } from "../runtime/operation.ts";
