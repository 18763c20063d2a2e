import { createHash } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { hiddenOwner, keptText } from "../hidden.ts";
import type { Change, Kept, Resources } from "../store.ts";

const PUT = `
  INSERT INTO dots_mock_resources (place, owner, kept) VALUES ($1, $2, $3)
  ON CONFLICT (place) DO UPDATE SET kept = excluded.kept
`;

/** The resources in a PostgreSQL database that has their table. */
export function postgresResources(pool: Pool): Resources {
  return {
    async find(owner, id) {
      const { rows } = await pool.query("SELECT kept FROM dots_mock_resources WHERE place = $1", [
        placeOf({ owner, id }),
      ]);
      return keptIn(rows)[0];
    },
    async change(changes) {
      const [only, ...others] = changes;
      if (only === undefined) return true;
      return others.length === 0 ? isMade(pool, only) : inTransaction(pool, changes);
    },
    async list(owner) {
      const { rows } = await pool.query(
        "SELECT kept FROM dots_mock_resources WHERE owner = $1 ORDER BY number DESC",
        [hash(hiddenOwner(owner))],
      );
      return keptIn(rows);
    },
    async named(id) {
      const sql = "SELECT kept FROM dots_mock_resources WHERE kept::json->>'id' = $1";
      return keptIn((await pool.query(sql, [id])).rows)[0];
    },
    async all() {
      return keptIn((await pool.query("SELECT kept FROM dots_mock_resources ORDER BY number DESC")).rows);
    },
  };
}

async function inTransaction(pool: Pool, changes: readonly Change[]): Promise<boolean> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    for (const change of changes) {
      if (await isMade(client, change)) continue;
      await client.query("ROLLBACK");
      return false;
    }
    await client.query("COMMIT");
    return true;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

async function isMade(database: Pool | PoolClient, { found, next }: Change): Promise<boolean> {
  if (found === undefined) {
    if (next !== undefined) await database.query(PUT, columnsOf(next));
    return true;
  }
  const place = placeOf(found);
  const before = JSON.stringify(found);
  const { rowCount } =
    next === undefined
      ? await database.query("DELETE FROM dots_mock_resources WHERE place = $1 AND kept = $2", [
          place,
          before,
        ])
      : await database.query("UPDATE dots_mock_resources SET kept = $1 WHERE place = $2 AND kept = $3", [
          columnsOf(next)[2],
          place,
          before,
        ]);
  return rowCount === 1;
}

function keptIn(rows: readonly Readonly<Record<string, unknown>>[]): Kept[] {
  return rows.map(({ kept }) => JSON.parse(String(kept)));
}

/** What is in the columns `place`, `owner` and `kept`. JSON escapes NUL, which PostgreSQL does not accept. */
export function columnsOf(kept: Kept): [place: Buffer, owner: Buffer, kept: string] {
  const owner = hiddenOwner(kept.owner);
  return [placeOf(kept), hash(owner), keptText(kept, owner)];
}

/** An index only takes short keys, and a key can have any length. */
export function hash(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

function placeOf({ owner, id }: Pick<Kept, "owner" | "id">): Buffer {
  return hash(JSON.stringify([hiddenOwner(owner), id]));
}
