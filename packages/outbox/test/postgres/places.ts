import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PostgresConnection } from "@dots-payouts/postgres-server";
import type { Place } from "../api/bench.ts";
import { scratchFolder } from "../api/scratch.ts";

/** Creates stores whose clock a test moves. */
export interface MovablePlaces {
  /** Creates a new store. */
  make(): Promise<Place>;
  remove(): void;
}

/** PostgreSQL finds a `clock_timestamp()` in the schema before its own. */
export function movablePlaces(server: PostgresConnection): MovablePlaces {
  const folder = scratchFolder("outbox-clock");
  // The server reads it as another user.
  chmodSync(folder, 0o755);
  const make = async (): Promise<Place> => {
    const url = new URL(await server.create());
    const schema = (url.searchParams.get("options") ?? "").replace(/.*=/, "");
    const file = join(folder, schema);
    const moveClock = (ahead: number): void => writeFileSync(file, String(ahead));
    moveClock(0);
    await server.run(
      `CREATE FUNCTION ${schema}.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
         SELECT pg_catalog.clock_timestamp() + pg_read_file('${file}')::float8 * interval '1 millisecond' $$`,
    );
    url.searchParams.set("options", `-c search_path=${schema},pg_catalog`);
    return { store: url.href, moveClock };
  };
  return { make, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
