import { type PostgresServer, startPostgres } from "@dots-payouts/postgres-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Bench, person, request } from "../api/bench.ts";

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres({ settings: ["fsync=on"], within: "/dev/shm" });
});
afterAll(() => server.close());

describe("a run from PostgreSQL", () => {
  it("sends each row once", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const outbox = await bench.open({ store });
    await outbox.addAll([person(1), person(2), request(3)]);
    const { counts, stopped, requests } = await outbox.run();
    expect(stopped).toBeUndefined();
    expect(requests).toBe(3);
    expect(counts.accepted.rows).toBe(3);
    expect(bench.api.made).toHaveLength(3);
    expect((await outbox.history("invoice-1")).map(({ event }) => event)).toEqual([
      "pending",
      "sending",
      "fate",
      "accepted",
    ]);
    expect(await outbox.status()).toMatchObject({ reserved: 3_000, hasSent: true });
  });
});
