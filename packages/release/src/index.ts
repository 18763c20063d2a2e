export type { Change, Impact } from "./compare/change.ts";
export { compareDocuments } from "./compare/document.ts";
