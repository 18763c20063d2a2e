import type { NewIntent } from "../../ledger/intent.ts";
import { OutboxError } from "../../outbox-error.ts";
import { text } from "../row.ts";
import type { Added } from "../store.ts";
import { addIntents } from "./additions.ts";
import { type PostgresConnection, Sql } from "./sql.ts";

const POOL =
  "addWithin takes no pool: each of its statements may go to another connection, and what is rolled back would be paid all " +
  "the same. Give it the client of pool.connect() that your transaction is open on.";

const OUTSIDE =
  "addWithin adds inside a transaction of yours alone, and this client has none open, or it was over before the row was " +
  "added. Nothing was added. Send BEGIN first, and await addWithin before COMMIT. Without a transaction of yours, use add.";

/** Adds inside transactions of callers, on their connections. */
export class CallerTransactions {
  /** The schema of the tables, quoted. */
  readonly #schema: string;
  readonly #uuid: () => Promise<string>;
  /** Connections that are open on this store. */
  readonly #known = new WeakSet<PostgresConnection>();

  /** @param uuid tells the name of the store */
  constructor(schema: string, uuid: () => Promise<string>) {
    this.#schema = schema;
    this.#uuid = uuid;
  }

  /**
   * A refusal leaves the transaction as it was. Where a statement fails, it is left to be rolled back: who commits
   * regardless commits neither the row nor anything else.
   * @throws OutboxError unless all of it happens in one transaction that was open before
   */
  async add(connection: PostgresConnection, intent: NewIntent): Promise<Added> {
    if ("totalCount" in connection) throw new OutboxError(POOL);
    const sql = new Sql(connection);
    await this.#requireSameDatabase(connection, sql);
    // Outside of a transaction, and on another connection, the next statement has another number.
    const [here] = await sql.all("SELECT txid_current()::text AS number");
    const added = await addIntents(sql, [intent], this.#schema, text(here, "number"));
    if (added === "elsewhere") throw new OutboxError(OUTSIDE);
    const [one] = added;
    if (one === undefined) throw new Error("nothing was added");
    return one;
  }

  async #requireSameDatabase(connection: PostgresConnection, sql: Sql): Promise<void> {
    if (this.#known.has(connection)) return;
    // A query that fails would end the caller's transaction.
    const [there] = await sql.all(
      "SELECT to_regclass($1) IS NOT NULL AS is_there",
      `${this.#schema}.outbox_ledger`,
    );
    const [theirs] =
      there?.["is_there"] === true ? await sql.all(`SELECT uuid FROM ${this.#schema}.outbox_ledger`) : [];
    if (text(theirs, "uuid") !== (await this.#uuid())) {
      throw new OutboxError(
        "The client is connected to another database. The outbox and your tables have to be in the same one.",
      );
    }
    this.#known.add(connection);
  }
}
