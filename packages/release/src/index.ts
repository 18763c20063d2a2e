export { type Bump, compareVersions, distance, floorOf, furthest, next, reaches } from "./bump.ts";
export type { Change, Impact } from "./compare/change.ts";
export { compareDocuments } from "./compare/document.ts";
export { countChanges, listChanges, writeChangeset } from "./describe.ts";
export { type Lowered, readLowered } from "./lowered.ts";
export { type Pending, parsePending } from "./pending.ts";
export { judge, type Situation, type Verdict } from "./verdict.ts";
