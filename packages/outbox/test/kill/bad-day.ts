import type { Behavior } from "../api/fake-api.ts";

/** The behavior of a server on a bad day. */
const WEIGHTS: readonly (readonly [Behavior, number])[] = [
  ["answer", 60],
  ["lose", 8],
  ["drop", 5],
  ["late", 5],
  ["fail", 4],
  ["fail-void", 4],
  ["empty", 2],
  ["busy", 3],
  ["refuse", 4],
];

/**
 * @param random from 0 to 1
 * @param limits how often it asks to slow down, in addition to other failures
 */
export function badDay(random: () => number, limits = 3): () => Behavior {
  const weights = [...WEIGHTS, ["limit", limits] as const];
  return () => {
    let at = random() * weights.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [behavior, weight] of weights) {
      at -= weight;
      if (at < 0) return behavior;
    }
    return "answer";
  };
}
