import { createHash } from "node:crypto";
import type { Json } from "@dots-payouts/openapi";
import type { Pool } from "pg";
import type { Created, IdAndResource } from "./store.ts";

/** The resources in a PostgreSQL database that has the table for them. */
export function postgresResources(pool: Pool) {
  return {
    async find(owner: string, id: string): Promise<Json | undefined> {
      const { rows } = await pool.query("SELECT resource FROM dots_mock_resources WHERE place = $1", [
        placeOf(owner, id),
      ]);
      return rows.length === 0 ? undefined : JSON.parse(String(rows[0].resource));
    },
    async add(created: Created): Promise<void> {
      await pool.query(
        `INSERT INTO dots_mock_resources (place, owner, id, resource) VALUES ($1, $2, $3, $4)
         ON CONFLICT (place) DO UPDATE SET resource = excluded.resource`,
        columnsOf(created),
      );
    },
    async replace({ owner, id, resource }: Created, found: Json): Promise<boolean> {
      const { rowCount } = await pool.query(
        "UPDATE dots_mock_resources SET resource = $1 WHERE place = $2 AND resource = $3",
        [JSON.stringify(resource), placeOf(owner, id), JSON.stringify(found)],
      );
      return rowCount === 1;
    },
    async remove(owner: string, id: string): Promise<boolean> {
      const { rowCount } = await pool.query("DELETE FROM dots_mock_resources WHERE place = $1", [
        placeOf(owner, id),
      ]);
      return rowCount === 1;
    },
    async list(owner: string): Promise<IdAndResource[]> {
      const { rows } = await pool.query(
        "SELECT id, resource FROM dots_mock_resources WHERE owner = $1 ORDER BY number DESC",
        [hash(owner)],
      );
      return rows.map(({ id, resource }) => [JSON.parse(String(id)), JSON.parse(String(resource))]);
    },
  };
}

/** What stands in the columns `place`, `owner`, `id` and `resource`. An ID is kept as JSON, which knows no NUL. */
export function columnsOf({ owner, id, resource }: Created): unknown[] {
  return [placeOf(owner, id), hash(owner), JSON.stringify(id), JSON.stringify(resource)];
}

/** An index takes short keys only, and a key is as long as its sender likes. */
export function hash(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

function placeOf(owner: string, id: string): Buffer {
  return hash(JSON.stringify([owner, id]));
}
