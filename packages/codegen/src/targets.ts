import { clientFiles, typeFiles } from "./client/files.ts";
import type { Target } from "./target/target.ts";

/** All targets, by the name that the command takes. */
export const targets: ReadonlyMap<string, Target> = new Map([
  ["client", clientFiles],
  ["types", typeFiles],
]);
