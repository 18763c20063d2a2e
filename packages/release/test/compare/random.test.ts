import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import { judgePair } from "../../soak/judge.ts";
import { judgeOperations, NOTHING_DIFFERS } from "../../soak/operations/judge.ts";
import { operationPair } from "../../soak/operations/pairs.ts";
import { pair } from "../../soak/pairs.ts";
import { seeded } from "../../soak/random.ts";

// `pnpm test:full` judges more, and `pnpm soak:release` many more.
const seed = 2026;

describe("a verdict on two schemas", () => {
  it("is never too weak: a valid value that becomes invalid breaks, and a new possible value is new", () => {
    fc.assert(
      fc.property(pair, fc.nat(), (schemas, chance) => {
        const { witnesses, request, response } = judgePair(schemas, seeded(chance));
        const disagreements = [request.disagreement, response.disagreement];
        expect(disagreements, JSON.stringify(witnesses)).not.toContain("too weak");
      }),
      { numRuns: inject("schemaPairs"), seed },
    );
  });
});

describe("a verdict on two operations", () => {
  it("breaks if a valid request is refused, reports every other difference, and reports nothing if there is none", () => {
    fc.assert(
      fc.property(operationPair, (pair) => {
        const { weak, strict } = judgeOperations(pair);
        expect(weak).toBeUndefined();
        expect(strict).not.toBe(NOTHING_DIFFERS);
      }),
      { numRuns: inject("operationPairs"), seed },
    );
  });
});
