import { isRow, type Row, type SqlValue } from "../row.ts";
import type { Statement, Work } from "../work.ts";

/** A connection to an SQLite file: node:sqlite's, better-sqlite3's, or another with the same three methods. */
export interface SqliteConnection {
  /** Prepares one statement. */
  prepare(sql: string): {
    run(...values: SqlValue[]): { readonly changes: number | bigint };
    get(...values: SqlValue[]): unknown;
    all(...values: SqlValue[]): unknown[];
  };
  /** Whether a transaction is open: node:sqlite says so. */
  readonly isTransaction?: boolean;
  /** Whether a transaction is open: better-sqlite3 and Bun say so. */
  readonly inTransaction?: boolean;
}

/** Runs statements on a connection, each prepared once. */
export class Sql {
  readonly #connection: SqliteConnection;
  readonly #statements = new Map<string, ReturnType<SqliteConnection["prepare"]>>();

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  /** @returns how many rows were changed */
  run(sql: string, ...values: SqlValue[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  get(sql: string, ...values: SqlValue[]): Row | undefined {
    const row = this.#statement(sql).get(...values);
    return isRow(row) ? row : undefined;
  }

  all(sql: string, ...values: SqlValue[]): Row[] {
    return this.#statement(sql)
      .all(...values)
      .filter(isRow);
  }

  /** Does the work of a transaction, one statement after the other. */
  perform<Result>(work: Work<Result>): Result {
    let step = work.next();
    while (step.done !== true) step = work.next(this.#outcome(step.value));
    return step.value;
  }

  #outcome({ kind, sql, values }: Statement) {
    if (kind === "run") return { rows: [], changes: this.run(sql, ...values) };
    return { rows: this.all(sql, ...values), changes: 0 };
  }

  #statement(sql: string): ReturnType<SqliteConnection["prepare"]> {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
