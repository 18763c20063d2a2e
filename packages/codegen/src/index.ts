export type { Cache } from "./cache.ts";
export type { Files, Target } from "./target.ts";
export { targets } from "./targets.ts";
