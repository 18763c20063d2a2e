import {
  connectToPostgres,
  type PostgresConnection,
  type PostgresServer,
  startPostgres,
} from "@dots-payouts/postgres-server";
import { afterAll, beforeAll, inject } from "vitest";

/** The server that all test files share. */
export function sharedServer(): PostgresConnection {
  const connection = connectToPostgres(inject("postgres").port);
  afterAll(() => connection.close());
  return connection;
}

/** A server for the tests of one `describe`, which may kill it. */
export function ownServer(): { readonly server: PostgresServer } {
  const own: { server?: PostgresServer } = {};
  beforeAll(async () => {
    own.server = await startPostgres({ settings: ["fsync=on"], cluster: inject("postgres").cluster });
  });
  afterAll(() => own.server?.close());
  return {
    get server() {
      if (own.server === undefined) throw new Error("it has not started yet");
      return own.server;
    },
  };
}
