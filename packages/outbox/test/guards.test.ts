import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyWithout } from "./guards/copy-without.ts";
import { GUARDS, type Guard } from "./guards/guards.ts";
import { play } from "./guards/play.ts";

const SOURCE = fileURLToPath(new URL("../src", import.meta.url));
const COPIES = fileURLToPath(new URL("../.guards", import.meta.url));

beforeAll(() => rmSync(COPIES, { recursive: true, force: true }));
afterAll(() => rmSync(COPIES, { recursive: true, force: true }));

const numbered = GUARDS.map((guard, number) => ({ ...guard, number }));

function holds(guard: Guard & { readonly number: number }) {
  return async () => {
    expect(await play(guard.scenario, SOURCE)).toBeUndefined();
    const harm = await play(
      guard.scenario,
      copyWithout(guard.without, SOURCE, join(COPIES, String(guard.number))),
    );
    expect(harm, "nothing noticed that the guard was removed").toBeDefined();
  };
}

describe("each guard holds, and a scenario fails without it", () => {
  for (const guard of numbered.filter(({ alone }) => alone === true)) it(guard.name, holds(guard));
});

describe.concurrent("each guard holds, and a scenario fails without it (concurrently)", () => {
  for (const guard of numbered.filter(({ alone }) => alone !== true)) it(guard.name, holds(guard));
});
