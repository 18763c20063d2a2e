import type { NewIntent } from "../../ledger/intent.ts";
import { OutboxError } from "../../outbox-error.ts";
import type { Added } from "../changes.ts";
import { type Row, text } from "../row.ts";
import { addIntents } from "./additions.ts";
import { type PostgresConnection, Sql } from "./connection/sql.ts";
import { fingerprintOf } from "./ledger.ts";
import { exists } from "./tables/whole.ts";

const POOL =
  "addWithin takes no pool: each statement of a pool may go to another connection, so that a row would be paid even if you " +
  "roll back. Pass the client of pool.connect() that your transaction is open on.";

const OUTSIDE =
  "addWithin only adds inside a transaction of yours, and this client has none open, or it ended before the row was " +
  "added. Nothing was added. Send BEGIN first, and await addWithin before COMMIT. Without a transaction, use add.";

type Ask = (work: (sql: Sql) => Promise<Row[]>) => Promise<Row[]>;

/** Adds inside transactions of callers, on their connections. */
export class CallerTransactions {
  /** The schema of the tables, quoted. */
  readonly #schema: string;
  readonly #ask: Ask;
  /** Connections that are open on this store. */
  readonly #known = new WeakSet<PostgresConnection>();

  /** @param ask asks the store's own database */
  constructor(schema: string, ask: Ask) {
    this.#schema = schema;
    this.#ask = ask;
  }

  /**
   * A refusal leaves the transaction as it was. A statement that fails leaves it to be rolled back: COMMIT then commits
   * neither the row nor anything else.
   * @throws OutboxError unless everything happens in one transaction that was already open
   */
  async add(connection: PostgresConnection, intent: NewIntent): Promise<Added> {
    if ("totalCount" in connection) throw new OutboxError(POOL);
    const sql = new Sql(connection);
    await this.#requireSameDatabase(connection, sql);
    // Outside a transaction, and on another connection, the next statement has a different number.
    const [here] = await sql.all("SELECT txid_current()::text AS number");
    const added = await addIntents(sql, [intent], this.#schema, text(here, "number"));
    if (added === "elsewhere") throw new OutboxError(OUTSIDE);
    const [one] = added;
    if (one === undefined) throw new Error("nothing was added");
    return one;
  }

  async #requireSameDatabase(connection: PostgresConnection, sql: Sql): Promise<void> {
    if (this.#known.has(connection)) return;
    const ledger = `${this.#schema}.outbox_ledger`;
    // A query that fails would end the caller's transaction.
    const query = `SELECT uuid || ':' || ${fingerprintOf(ledger)} AS place FROM ${ledger}`;
    const [theirs] = (await exists(sql, ledger)) ? await sql.all(query) : [];
    const [ours] = await this.#ask((own) => own.all(query));
    if (text(theirs, "place") !== text(ours, "place")) {
      throw new OutboxError(
        "The client is connected to another database, or to a copy of it. The outbox and your tables have to be in the same one.",
      );
    }
    this.#known.add(connection);
  }
}
