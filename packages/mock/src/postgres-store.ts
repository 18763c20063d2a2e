import { createHash } from "node:crypto";
import type { Pool } from "pg";
import { type JournalEntry, parseEntry } from "./journal.ts";
import { type MockAnswer, parseHeaders } from "./message.ts";
import { MockError } from "./mock-error.ts";
import { loadPostgres, placeOf, problemOf } from "./postgres-driver.ts";
import { type Feed, followRequests, type Notice } from "./postgres-feed.ts";
import { prepareTables } from "./postgres-tables.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { Store } from "./store.ts";

/** Milliseconds that the database has for a connection, and for an answer. */
const PATIENCE = 3_000;

/**
 * Shares everything between all mocks that are given the same PostgreSQL database. Which answer to a key came first is
 * for its unique index to decide. While the database is away, requests are refused (503); no more has to be done once
 * it is back.
 * @throws MockError when the driver is not installed, or the database cannot be used.
 */
export async function postgresStore(url: string, journalSize: number): Promise<Store> {
  const { Client, Pool } = await loadPostgres();
  const place = placeOf(url);
  const limits = { connectionTimeoutMillis: PATIENCE, query_timeout: PATIENCE, keepAlive: true };
  const pool = new Pool({ connectionString: url, ...limits, allowExitOnIdle: true });
  // The loss of a connection that nobody uses concerns nobody: the next query makes a new one.
  pool.on("error", () => {});
  const channel = await open(pool, place);
  const origin = crypto.randomUUID();
  let feed: Feed | undefined;
  let newest = 0;

  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw unavailable(place, error);
    }
  };
  const notify = (notice: Notice) => [channel, JSON.stringify(notice)];
  const find = async (id: Buffer): Promise<MockAnswer | undefined> => {
    const { rows } = await pool.query("SELECT status, headers, body FROM dots_mock_answers WHERE key = $1", [
      id,
    ]);
    return rows.length === 0 ? undefined : toAnswer(rows[0]);
  };

  return {
    find: (key) => attempt(() => find(hash(key))),
    keep: (key, answer) =>
      attempt(async () => {
        const id = hash(key);
        const values = [id, answer.status, JSON.stringify(answer.headers), answer.body];
        for (;;) {
          const { rowCount } = await pool.query(
            "INSERT INTO dots_mock_answers VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            values,
          );
          const first = rowCount === 0 ? await find(id) : answer;
          // Nothing is found only if everything was forgotten since: then the key is new again.
          if (first !== undefined) return first;
        }
      }),
    record: (entry) =>
      attempt(async () => {
        const { rows } = await pool.query(
          `WITH added AS (INSERT INTO dots_mock_requests (origin, entry) VALUES ($1, $2) RETURNING id)
           SELECT id, pg_notify($3, json_build_object('origin', $1::text, 'id', id)::text) FROM added`,
          [origin, JSON.stringify(entry), channel],
        );
        const id = Number(rows[0]?.id);
        if (id % journalSize !== 0) return;
        await pool.query("DELETE FROM dots_mock_requests WHERE id <= $1", [id - journalSize]);
      }),
    recorded: (most) =>
      attempt(async () => {
        const entries = await newestRequests(pool, most);
        newest = entries.at(-1)?.id ?? newest;
        return entries;
      }),
    clear: () =>
      attempt(async () => {
        await pool.query("DELETE FROM dots_mock_answers");
        await pool.query("DELETE FROM dots_mock_requests");
        await pool.query("SELECT pg_notify($1, $2)", notify({ origin }));
      }),
    follow(told) {
      const connect = () => new Client({ connectionString: url, ...limits });
      feed = followRequests({ pool, connect, channel, origin, since: newest, told });
    },
    async close() {
      feed?.close();
      // A database that is away would not take leave either.
      await Promise.race([pool.end(), new Promise((resolve) => setTimeout(resolve, PATIENCE).unref())]);
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

/** Oldest first, numbered as the database has them: the mocks that wrote them counted each for itself. */
async function newestRequests(pool: Pool, most: number): Promise<readonly JournalEntry[]> {
  const { rows } = await pool.query("SELECT id, entry FROM dots_mock_requests ORDER BY id DESC LIMIT $1", [
    most,
  ]);
  return rows
    .flatMap(({ id, entry }) => {
      const parsed = parseEntry(String(entry));
      return parsed === undefined ? [] : [{ ...parsed, id: Number(id) }];
    })
    .reverse();
}

/** An index takes short keys only, and a key is as long as its sender likes. */
function hash(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

function toAnswer(row: Readonly<Record<string, unknown>>): MockAnswer {
  return {
    status: Number(row["status"]),
    headers: parseHeaders(String(row["headers"])),
    body: String(row["body"]),
  };
}

function unavailable(place: string, error: unknown): Refusal {
  const message = `The mock cannot use its store ${place} (${problemOf(error)}). Try again.`;
  return refuse(503, "store", message, { "retry-after": "1" });
}
