export type { Files, Target } from "./target.ts";
export { targets } from "./targets.ts";
