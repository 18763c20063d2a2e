import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { killRun } from "./kill/kill-run.ts";

const entry = fileURLToPath(new URL("../dist/index.mjs", import.meta.url));

it("pays nobody twice, forgets nobody and reports nothing wrongly, whenever it is killed", async () => {
  const seed = Number(process.env["OUTBOX_SEED"] ?? Math.trunc(Math.random() * 2 ** 31));
  const verdict = await killRun({ seed, people: 40, kills: 3, life: 250, entry });
  const { paidTwice, forgotten, wrong } = verdict;
  expect({ seed, paidTwice, forgotten, wrong }).toEqual({ seed, paidTwice: [], forgotten: [], wrong: [] });
}, 60_000);
