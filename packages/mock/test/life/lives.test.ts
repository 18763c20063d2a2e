import { randomInt } from "node:crypto";
import { expect, it } from "vitest";
import { livesAgainstModel } from "./model.ts";

/** Each run lives others. For many, `pnpm run soak:lives`. */
const seed = Number(process.env["MOCK_TEST_SEED"] ?? randomInt(2 ** 31));

it(`random lives are as a model has them (MOCK_TEST_SEED=${seed})`, async () => {
  const { moves, refused } = await livesAgainstModel({ seed, lives: 100 });
  expect(moves).toBeGreaterThan(10);
  expect(refused).toBeGreaterThan(10);
});
