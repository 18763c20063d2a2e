import { randomInt } from "node:crypto";
import { expect, it } from "vitest";
import { openFile } from "../sqlite-file.ts";
import { inOwnProcess } from "./killed-process.ts";
import { livesAgainstModel } from "./model.ts";

/** Each run is different. `pnpm run soak:lives` runs many. */
const seed = Number(process.env["MOCK_TEST_SEED"] ?? randomInt(2 ** 31));

it(`random lives agree with a model (MOCK_TEST_SEED=${seed})`, async () => {
  const { moves, refused } = await livesAgainstModel({ seed, lives: 25 });
  expect(moves).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});

it(`random lives agree with a model, even if the mock is killed (MOCK_TEST_SEED=${seed})`, async () => {
  await using place = await openFile();
  const killed = { every: 6, start: inOwnProcess };
  const { kills } = await livesAgainstModel({ seed, lives: 3, store: place.store, killed });
  expect(kills).toBeGreaterThan(0);
}, 60_000);
