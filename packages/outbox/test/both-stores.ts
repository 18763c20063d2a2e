import { type PostgresServer, startPostgres } from "@dots-payouts/postgres-server";
import { afterAll, beforeAll, describe } from "vitest";
import { Bench } from "./api/bench.ts";
import { movablePlaces } from "./postgres/places.ts";

/** Defines the same tests for a store in a file and one in PostgreSQL. */
export function inBothStores(define: () => void): void {
  describe("in a file,", define);
  describe("in PostgreSQL,", () => {
    let server: PostgresServer;
    beforeAll(async () => {
      server = await startPostgres({ settings: ["fsync=on"] });
      Bench.makePlace = movablePlaces(server);
    });
    afterAll(async () => {
      Bench.makePlace = undefined;
      await server.close();
    });
    define();
  });
}
