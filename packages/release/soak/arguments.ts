import { parseArgs } from "node:util";

/** What a soak is told on the command line. */
export interface SoakArguments {
  /** How many random pairs it judges. */
  readonly numRuns: number;
  readonly seed: number;
  /** How many pairs it prints on which the verdict is stricter than what was shown. */
  readonly strict: number;
}

/** Reads `--pairs`, `--seed` and `--strict`. */
export function soakArguments(): SoakArguments {
  const { values } = parseArgs({
    options: {
      pairs: { type: "string", default: "10000" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
      strict: { type: "string", default: "0" },
    },
  });
  return { numRuns: Number(values.pairs), seed: Number(values.seed), strict: Number(values.strict) };
}
