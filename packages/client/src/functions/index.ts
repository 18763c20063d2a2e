export { connect } from "../call/start-call.ts";
export * from "../generated/functions.ts";
export type { Call } from "../runtime/operation.ts";
