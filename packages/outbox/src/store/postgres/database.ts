import { Socket } from "node:net";
import type { Pool, PoolClient } from "pg";
import { OutboxError, StoreBusyError } from "../../outbox-error.ts";
import { isRow, type Row, text } from "../row.ts";
import { explain, loadPostgres, placeOf, requireReadable } from "./connection/driver.ts";
import { type PostgresConnection, Sql } from "./connection/sql.ts";
import { BEGIN } from "./ledger.ts";

/** The time limit for connecting to the database, and for a query, in milliseconds. Lock waits end earlier. */
const CONNECTING = 5_000;
const ANSWERING = 25_000;

/** Connections of one process. */
const MOST = 4;

/** A shared PostgreSQL database. */
export class Database {
  /** Its URL, safe to show. */
  readonly place: string;
  readonly #pool: Pool;
  readonly #sockets: Set<Socket>;

  private constructor(place: string, pool: Pool, sockets: Set<Socket>) {
    this.place = place;
    this.#pool = pool;
    this.#sockets = sockets;
    // Losing an idle connection doesn't matter: the next query opens a new one.
    pool.on("error", () => undefined);
  }

  /** Does not query the database yet. @throws OutboxError if the driver is not installed */
  static async open(url: string): Promise<Database> {
    const { Pool } = await loadPostgres();
    const place = placeOf(url);
    requireReadable(url);
    const sockets = new Set<Socket>();
    const pool = new Pool({
      connectionString: url,
      max: MOST,
      connectionTimeoutMillis: CONNECTING,
      query_timeout: ANSWERING,
      keepAlive: true,
      application_name: "dots-outbox",
      stream: () => tracked(sockets),
    });
    return new Database(place, pool, sockets);
  }

  /** Reads, or writes what no decision depends on. Each statement is a transaction. */
  async ask<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> {
    return this.#with((client) => work(new Sql(client)));
  }

  /** One transaction, without the ledger's lock. */
  async together<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> {
    return this.#with(async (client) => {
      await client.query("BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit = on");
      return commit(client, await orRollBack(client, () => work(new Sql(client))));
    });
  }

  /**
   * A transaction that decides something, exclusively.
   * @param answering time limit for each query, in milliseconds
   * @throws StoreBusyError if the database is down. Whether it was committed is then unknown
   */
  async decide<Result>(
    work: (sql: Sql, ledger: Row) => Promise<Result>,
    answering = ANSWERING,
  ): Promise<Result> {
    return this.#with(async (client) => {
      const begun: unknown = await client.query(BEGIN);
      const ledger = lastRow(begun);
      if (ledger === undefined)
        throw new OutboxError(`The store ${this.place} has lost its ledger. Restore it.`);
      const patient: PostgresConnection = {
        query(text, values = []) {
          // The driver's types don't have the per-query timeout.
          const config = { text, values, query_timeout: answering };
          return client.query(config);
        },
      };
      return commit(client, await orRollBack(client, () => work(new Sql(patient), ledger)));
    });
  }

  async close(): Promise<void> {
    if (this.#pool.ending) return;
    // A silent database would not close the connection either.
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => {
      timer = setTimeout(resolve, CONNECTING);
    });
    await Promise.race([this.#pool.end(), patience]);
    clearTimeout(timer);
    for (const socket of this.#sockets) socket.destroy();
  }

  async #with<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    let client: PoolClient | undefined;
    try {
      client = await this.#pool.connect();
      // A broken connection emits two errors. Without a listener, the second would end the process.
      client.on("error", ignore);
      const result = await work(client);
      client.off("error", ignore);
      client.release();
      return result;
    } catch (error) {
      const isOurs = error instanceof OutboxError && !(error instanceof StoreBusyError);
      if (isOurs) client?.off("error", ignore);
      // The state of the connection is unknown.
      client?.release(!isOurs);
      throw explain(error, this.place);
    }
  }
}

function ignore(): void {}

/** Rolls back if the work fails. */
async function orRollBack<Result>(client: PoolClient, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OutboxError) await client.query("ROLLBACK");
    throw error;
  }
}

async function commit<Result>(client: PoolClient, result: Result): Promise<Result> {
  const { command } = await client.query("COMMIT");
  // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK, without an error.
  if (command !== "COMMIT") throw new StoreBusyError("The database has not committed.");
  return result;
}

/** The first row of the last of several statements. */
function lastRow(results: unknown): Row | undefined {
  const last: unknown = Array.isArray(results) ? results.at(-1) : results;
  if (!isRow(last) || !Array.isArray(last["rows"])) return undefined;
  const [row]: unknown[] = last["rows"];
  return isRow(row) ? row : undefined;
}

/** A socket that can be closed whatever the server does. */
function tracked(sockets: Set<Socket>): Socket {
  const socket = new Socket();
  sockets.add(socket);
  socket.once("close", () => sockets.delete(socket));
  return socket;
}

/** A database with a smaller character set would refuse some answers, and names of people. */
export async function requireUnicode(sql: Sql, place: string): Promise<void> {
  const [row] = await sql.all(
    "SELECT pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = current_database()",
  );
  const encoding = text(row, "encoding");
  if (encoding === "UTF8") return;
  throw new OutboxError(
    `The store ${place} is in a database with the encoding ${encoding}, which can't store every character. Use one with UTF8.`,
  );
}
