import type { Pool } from "pg";
import { MockError } from "../../mock-error.ts";
import { parseHeaders } from "../../wire/answer.ts";
import { type Refusal, refuse } from "../../wire/refusal.ts";
import { hidden } from "../hidden.ts";
import { toRecorded } from "../recorded.ts";
import { type First, guarded, type Recorded, type Store } from "../store.ts";
import { loadPostgres, placeOf, problemOf, trackedSockets } from "./driver.ts";
import { type Feed, followRequests, type Notice } from "./feed.ts";
import { columnsOf, hash, postgresResources } from "./resources.ts";
import { prepareTables } from "./tables.ts";

/** The time limit for connecting to the database, and for a query, in milliseconds. */
const PATIENCE = 3_000;

/** An expired key counts as new. */
const KEEP = `
  INSERT INTO dots_mock_answers AS kept (key, until, request, status, headers, body, namespace)
  VALUES ($1, $2, $3, $4, $5, $6, $8)
  ON CONFLICT (key) DO UPDATE SET until = $2, request = $3, status = $4, headers = $5, body = $6
  WHERE kept.until <= $7
`;

/** In one statement, so that there is never one without the others. */
const KEEP_ALL = `
  WITH kept AS (${KEEP} RETURNING 1)
  INSERT INTO dots_mock_resources (place, owner, kept)
  SELECT created.* FROM kept, unnest($9::bytea[], $10::bytea[], $11::text[]) AS created
  ON CONFLICT (place) DO UPDATE SET kept = excluded.kept
`;

/**
 * Shares everything between all mocks with the same PostgreSQL database. Its unique index decides which answer to a key
 * came first. While the database is down, requests are refused (503); once it is back, everything works again.
 * @throws MockError if the driver is not installed, or the database cannot be used.
 */
export async function postgresStore(url: string, journalSize: number): Promise<Store> {
  const { Client, Pool } = await loadPostgres();
  const place = placeOf(url);
  const sockets = trackedSockets();
  const limits = { connectionTimeoutMillis: PATIENCE, query_timeout: PATIENCE, keepAlive: true };
  const config = { connectionString: url, ...limits, stream: sockets.open };
  const pool = new Pool(config);
  // Losing an idle connection doesn't matter: the next query opens a new one.
  pool.on("error", () => {});
  const channel = await open(pool, place);
  const origin = crypto.randomUUID();
  let feed: Feed | undefined;
  let newest = 0;

  const attempt = async <T>(work: () => Promise<T> | T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw unavailable(place, error);
    }
  };
  const notify = (notice: Notice) => [channel, JSON.stringify(notice)];
  const find = async (id: Buffer, now: number): Promise<First | undefined> => {
    const { rows } = await pool.query(
      "SELECT * FROM dots_mock_answers WHERE key = $1 AND (until IS NULL OR until > $2)",
      [id, now],
    );
    return rows.length === 0 ? undefined : toFirst(rows[0]);
  };

  return {
    resources: guarded(postgresResources(pool), attempt),
    find: (key) => attempt(() => find(hash(key.text), key.now)),
    keep: (key, first, created) =>
      attempt(async () => {
        const id = hash(key.text);
        const { status, headers, body } = first.answer;
        const values = [
          ...[id, key.until ?? null, JSON.stringify(first.request), status, JSON.stringify(headers), body],
          key.now,
          hidden(key.namespace),
        ];
        const columns = created.map(columnsOf);
        for (;;) {
          const { rowCount } =
            columns.length === 0
              ? await pool.query(KEEP, values)
              : await pool.query(KEEP_ALL, [
                  ...values,
                  columns.map(([resource]) => resource),
                  columns.map(([, owner]) => owner),
                  columns.map(([, , kept]) => kept),
                ]);
          const counts = rowCount === 0 ? await find(id, key.now) : first;
          // Nothing is found only if everything was forgotten in the meantime: then the key is new again.
          if (counts !== undefined) return counts;
        }
      }),
    record: ({ entry, namespace }) =>
      attempt(async () => {
        const { rows } = await pool.query(
          `WITH added AS (INSERT INTO dots_mock_requests (origin, entry, namespace) VALUES ($1, $2, $4) RETURNING id)
           SELECT id, pg_notify($3, json_build_object('origin', $1::text, 'id', id)::text) FROM added`,
          [origin, JSON.stringify(entry), channel, namespace === undefined ? null : hidden(namespace)],
        );
        const id = Number(rows[0]?.id);
        if (id % journalSize === 0) {
          await pool.query("DELETE FROM dots_mock_requests WHERE id <= $1", [id - journalSize]);
        }
        return id;
      }),
    recorded: (most) =>
      attempt(async () => {
        const entries = await newestRequests(pool, most);
        newest = entries.at(-1)?.entry.id ?? newest;
        return entries;
      }),
    nameOf: hidden,
    clear: (given) =>
      attempt(async () => {
        const namespace = given === undefined ? undefined : hidden(given);
        const values = namespace === undefined ? [] : [namespace];
        const where = (condition: string) => (namespace === undefined ? "" : ` WHERE ${condition} = $1`);
        await pool.query(`DELETE FROM dots_mock_answers${where("namespace")}`, values);
        const owner = "kept::json->>'owner'";
        const owned = `substr(${owner}, strpos(${owner}, ':') + 1)`;
        await pool.query(`DELETE FROM dots_mock_resources${where(owned)}`, values);
        await pool.query(`DELETE FROM dots_mock_requests${where("namespace")}`, values);
        await pool.query("SELECT pg_notify($1, $2)", notify({ origin, ...(namespace && { namespace }) }));
      }),
    follow(told) {
      const connect = () => new Client(config);
      feed = followRequests({ pool, connect, channel, origin, since: newest, told });
    },
    async close() {
      feed?.close();
      // A silent database would not close the connection either.
      let waiting: NodeJS.Timeout | undefined;
      const patience = new Promise((resolve) => {
        waiting = setTimeout(resolve, PATIENCE);
      });
      await Promise.race([pool.end(), patience]);
      clearTimeout(waiting);
      sockets.destroy();
    },
  };
}

async function open(pool: Pool, place: string): Promise<string> {
  try {
    return await prepareTables(pool);
  } catch (error) {
    await pool.end();
    throw new MockError(`The store ${place} cannot be opened (${problemOf(error)}).`);
  }
}

/** Oldest first. */
async function newestRequests(pool: Pool, most: number): Promise<readonly Recorded[]> {
  const { rows } = await pool.query(
    "SELECT id, namespace, entry FROM dots_mock_requests ORDER BY id DESC LIMIT $1",
    [most],
  );
  return rows.flatMap(toRecorded).reverse();
}

/** The text of a request is stored as JSON, which escapes NUL: PostgreSQL does not accept it. */
function toFirst(row: Readonly<Record<string, unknown>>): First {
  const answer = {
    status: Number(row["status"]),
    headers: parseHeaders(String(row["headers"])),
    body: String(row["body"]),
  };
  return { answer, request: String(JSON.parse(String(row["request"]))) };
}

function unavailable(place: string, error: unknown): Refusal {
  const message = `The mock cannot use its store ${place} (${problemOf(error)}). Try again.`;
  return refuse(503, "store", message, { "retry-after": "1" });
}
