import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, inject, it, onTestFinished } from "vitest";
import { dropped, type Fate, lost, openLedger, status } from "../ledger.ts";
import { startRecipe } from "./program.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** How many people the recipe of the README pays. */
    recipePayees: number;
  }
}

/** Numbers from 0 to below 1, the same each time (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

it("the recipe pays nobody twice and forgets nobody, with kills, rate limits and lost answers", async () => {
  const payees = inject("recipePayees");
  const folder = mkdtempSync(join(tmpdir(), "recipe-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const database = join(folder, "rows.db");
  const ledger = await openLedger();
  const random = randomOf(payees);

  let running: ChildProcess | undefined;
  const kill = (): void => void running?.kill("SIGKILL");
  const limited = Array<Fate>(4).fill(status(429, false, { "retry-after": "0" }));
  const troubles: (() => Fate[])[] = [
    () => [lost],
    () => [lost, ...limited],
    () => Array<Fate>(3).fill(lost),
    () => [dropped],
    () => limited,
    () => [status(503, true)],
    () => [status(500)],
    () => [{ paid: true, strike: kill }],
    () => [{ paid: true, strike: kill }, ...limited],
    () => [{ paid: false, strike: kill }],
  ];
  // As many troubles as people, each kind as often as the others, mixed with what goes well. Some are left over.
  for (let count = 0; count < payees; count += 1) {
    ledger.fates.push(...(troubles[count % troubles.length]?.() ?? []));
    while (random() < 0.4) ledger.fates.push({ paid: true });
  }

  const rows = (): { outcome: string; payout: string; key: string; body: { amount: number } }[] => {
    const db = new DatabaseSync(database);
    const found = db.prepare("SELECT row FROM rows").all();
    db.close();
    return found.map(({ row }) => JSON.parse(String(row)));
  };

  let kills = 0;
  let runs = 0;
  do {
    runs += 1;
    expect(runs).toBeLessThan(2 * payees);
    running = startRecipe({
      LEDGER: ledger.url,
      DATABASE: database,
      PAYEES: String(payees),
      // Every third process dies by itself, right after it has stored something.
      DIE_AT: runs % 3 === 0 ? String(1 + Math.floor(random() * 12)) : "",
    });
    const [code, signal] = await once(running, "exit");
    // On Windows, a process that kills itself ends with the code 1.
    const killed = signal === "SIGKILL" || (process.platform === "win32" && code === 1);
    expect(killed ? 0 : (signal ?? code)).toBe(0);
    if (killed) kills += 1;
  } while (rows().some(({ outcome }) => outcome !== "paid"));

  const amounts = new Map(
    ledger.bodies.map((body) => {
      const { idempotency_key: key, amount } = JSON.parse(body);
      return [key, amount];
    }),
  );
  const paid = ledger.payouts.map(({ id, key }) => `${amounts.get(key)} ${id}`).sort();
  expect(paid).toEqual(
    rows()
      .map(({ body, payout }) => `${body.amount} ${payout}`)
      .sort(),
  );
  expect(new Set(paid.map((line) => line.split(" ")[0])).size).toBe(payees);
  expect(paid).toHaveLength(payees);
  console.log(`${payees} people, ${runs} runs, ${kills} kills, ${ledger.bodies.length} requests`);
  expect(kills).toBeGreaterThanOrEqual(payees / 10);
});
