import { describe, expect, it } from "vitest";
import { type Direction, isAgreed, judgeTypes } from "./judge-types.ts";
import { chosenSeed, randomDocument, schemaOf } from "./random-document.ts";

const random = randomDocument(chosenSeed(), 40, 20);

describe("types", () => {
  for (const direction of ["request", "answer"] satisfies Direction[]) {
    it(`allow what the validators allow in each ${direction}, except for the listed differences`, async () => {
      const verdicts = await judgeTypes(random, direction);
      const differing = verdicts.filter((verdict) => !isAgreed(verdict));
      expect(
        differing
          .map((verdict) => ({ ...verdict, schema: schemaOf(random.document, verdict.name) }))
          .slice(0, 3),
      ).toEqual([]);
      // If nearly all or nearly none were refused, the test would prove little.
      const compiling = verdicts.filter(({ compiles }) => compiles).length / verdicts.length;
      expect(compiling).toBeGreaterThan(0.1);
      expect(compiling).toBeLessThan(0.85);
      expect(verdicts.length).toBeGreaterThan(300);
    });
  }
});
