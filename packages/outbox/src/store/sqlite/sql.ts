/** What a statement takes and gives. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** A row: its values by column. */
export type Row = Readonly<Record<string, SqlValue>>;

/** A connection to an SQLite file: node:sqlite's, better-sqlite3's, or another with the same three methods. */
export interface SqliteConnection {
  prepare(sql: string): {
    run(...values: SqlValue[]): { readonly changes: number | bigint };
    get(...values: SqlValue[]): unknown;
    all(...values: SqlValue[]): unknown[];
  };
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

  #statement(sql: string): ReturnType<SqliteConnection["prepare"]> {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null;
}

export function number(row: Row | undefined, column: string): number {
  return Number(row?.[column] ?? 0);
}

export function text(row: Row | undefined, column: string): string {
  return String(row?.[column] ?? "");
}

export function optionalNumber(row: Row | undefined, column: string): number | undefined {
  const value = row?.[column] ?? undefined;
  return value === undefined ? undefined : Number(value);
}

export function optionalText(row: Row | undefined, column: string): string | undefined {
  const value = row?.[column] ?? undefined;
  return value === undefined ? undefined : String(value);
}
