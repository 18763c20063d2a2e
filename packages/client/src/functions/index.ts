export { connect } from "../connect.ts";
export * from "../generated/functions.ts";
export type { Call } from "../operation.ts";
