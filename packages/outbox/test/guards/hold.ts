import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { copyWithout, SOURCE, withEdits } from "./copy-without.ts";
import type { Guard } from "./guards.ts";
import { play } from "./play.ts";

/**
 * Defines the tests of guards: each scenario does no harm; and, in the full run, each does some once its guard is
 * removed.
 * @param copies a folder for copies of the source
 */
export function guardsHold(guards: readonly Guard[], copies: string): void {
  const isFull = inject("isFull");
  beforeAll(() => rmSync(copies, { recursive: true, force: true }));
  afterAll(() => rmSync(copies, { recursive: true, force: true }));

  it("the source has what the full run removes", () => {
    for (const { without } of guards) expect(() => withEdits(without)).not.toThrow();
  });

  describe("a guard holds", () => {
    // Several guards share a scenario.
    for (const played of new Set(guards.map(({ scenario }) => scenario))) {
      const its = guards.filter(({ scenario }) => scenario === played);
      testOf(its)(its.map(({ name }) => name).join("; "), async () => {
        expect(await play(played, SOURCE)).toBeUndefined();
      });
    }
  });

  describe("a scenario fails without its guard", () => {
    for (const [number, guard] of guards.entries()) {
      if (!isFull && guard.sampled !== true) continue;
      testOf([guard])(guard.name, async () => {
        const folder = copyWithout(guard.without, join(copies, String(number)));
        const harm = await play(guard.scenario, folder);
        expect(harm, "nothing noticed that the guard was removed").toBeDefined();
      });
    }
  });
}

/** Runs at the same time as others, unless a guard changes what the whole process shares. */
function testOf(guards: readonly Guard[]) {
  return guards.some(({ alone }) => alone === true) ? it : it.concurrent;
}
