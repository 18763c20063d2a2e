export { adapt } from "./adapt.ts";
export type { Outcome } from "./outcome.ts";
export { openSource, type Source, SourceError } from "./source.ts";
export { table } from "./table.ts";
export { trySpec } from "./try-spec.ts";
