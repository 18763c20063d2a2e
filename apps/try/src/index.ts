export { type Outcome, trySpec } from "./try-spec.ts";
