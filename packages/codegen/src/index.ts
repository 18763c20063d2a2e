export type { Cache, Files, Target } from "./target/target.ts";
export { targets } from "./targets.ts";
