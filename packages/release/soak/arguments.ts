import { parseArgs } from "node:util";

/** The command-line arguments of a soak. */
export interface SoakArguments {
  /** The number of random pairs. */
  readonly numRuns: number;
  readonly seed: number;
  /** The number of pairs to print for which the verdict is stricter than what values or messages show. */
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
