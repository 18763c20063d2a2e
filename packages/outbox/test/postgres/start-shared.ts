import { preparePostgres, startPostgres } from "@dots-payouts/postgres-server";
import type { TestProject } from "vitest/node";

/** Starts the database server that all test files share. */
export default async function startShared({ provide }: TestProject): Promise<() => Promise<void>> {
  const { native, data, close } = await preparePostgres();
  const cluster = { native, data };
  const server = await startPostgres({ settings: ["fsync=on"], cluster });
  provide("postgres", { port: server.port, cluster });
  return async () => {
    await server.close();
    await close();
  };
}
