import { storable } from "../../../storable.ts";
import { isRow, type Row, type SqlValue } from "../../row.ts";
import type { Outcome, Work } from "../../work.ts";

/** A `pg` client, or another with the same method. */
export interface PostgresConnection {
  /** Runs one statement. */
  query(
    text: string,
    values?: unknown[],
  ): Promise<{ readonly rows: unknown[]; readonly rowCount: number | null }>;
  /** A pool has this. Each of its statements may go to another connection, outside of your transaction. */
  readonly totalCount?: never;
}

/** The statements with PostgreSQL's placeholders, each converted once. */
const numbered = new Map<string, string>();

/** Runs statements on a connection. */
export class Sql {
  readonly #connection: PostgresConnection;

  constructor(connection: PostgresConnection) {
    this.#connection = connection;
  }

  /** Runs a statement in PostgreSQL's own SQL. */
  async all(sql: string, ...values: readonly unknown[]): Promise<Row[]> {
    return (await this.#connection.query(sql, values.map(stored))).rows.filter(isRow);
  }

  /** Runs several statements without parameters. */
  async script(statements: string): Promise<void> {
    await this.#connection.query(statements);
  }

  /** Does the work of a transaction, one statement after the other. */
  async perform<Result>(work: Work<Result>): Promise<Result> {
    let step = work.next();
    while (step.done !== true) step = work.next(await this.#outcome(step.value.sql, step.value.values));
    return step.value;
  }

  async #outcome(sql: string, values: readonly SqlValue[]): Promise<Outcome> {
    const { rows, rowCount } = await this.#connection.query(withNumbers(sql), values.map(stored));
    return { rows: rows.filter(isRow), changes: rowCount ?? 0 };
  }
}

/** PostgreSQL refuses a whole transaction for a text with U+0000 in it. */
function stored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stored);
  return typeof value === "string" ? storable(value) : value;
}

function withNumbers(sql: string): string {
  const known = numbered.get(sql);
  if (known !== undefined) return known;
  let n = 0;
  const made = sql.replace(/\?/g, () => `$${++n}`);
  numbered.set(sql, made);
  return made;
}
