export { adapt } from "./adapt/adapt.ts";
export { runCommand, type Terminal } from "./command.ts";
export type { Outcome } from "./outcome/outcome.ts";
export { table } from "./outcome/table.ts";
export { openSource, type Source, SourceError } from "./run/source.ts";
export { STEPS, type TryOptions, trySpec } from "./run/try-spec.ts";
