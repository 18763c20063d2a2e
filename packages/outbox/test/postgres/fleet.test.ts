import { type PostgresServer, startPostgres } from "@dots-payouts/postgres-server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fleetRun } from "../kill/fleet-run.ts";

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres({ settings: ["fsync=on"], within: "/dev/shm" });
});
afterAll(() => server.close());

it("pays nobody twice, forgets nobody and reports nobody wrongly, whatever happens to its workers", async () => {
  const seed = Number(process.env["OUTBOX_SEED"] ?? Math.trunc(Math.random() * 2 ** 31));
  const verdict = await fleetRun(server, { seed, people: 90, workers: 3, blows: 12, gap: 500 });
  const { paidTwice, forgotten, wrong, alone, crashes, requests } = verdict;
  const none = { paidTwice: [], forgotten: [], wrong: [], alone: [], crashes: [] };
  expect({ seed, paidTwice, forgotten, wrong, alone, crashes }).toEqual({ seed, ...none });
  expect(requests, `too few to say something (seed ${seed})`).toBeGreaterThan(20);
}, 120_000);
