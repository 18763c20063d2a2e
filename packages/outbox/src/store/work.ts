import type { Row, SqlValue } from "./row.ts";

/** A statement, in the SQL that both databases share. */
export interface Statement {
  /** `run` changes rows and returns none. */
  readonly kind: "run" | "all";
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** The result of a statement. */
export interface Outcome {
  readonly rows: readonly Row[];
  /** How many rows were changed. */
  readonly changes: number;
}

/**
 * Work inside one transaction. It yields statements and receives their results, so that a rule is written once, whether
 * the database answers synchronously or not.
 */
export type Work<Result> = Generator<Statement, Result, Outcome>;

/** @returns how many rows were changed */
export function* run(sql: string, ...values: SqlValue[]): Work<number> {
  return (yield { kind: "run", sql, values }).changes;
}

export function* get(sql: string, ...values: SqlValue[]): Work<Row | undefined> {
  return (yield { kind: "all", sql, values }).rows[0];
}

export function* all(sql: string, ...values: SqlValue[]): Work<readonly Row[]> {
  return (yield { kind: "all", sql, values }).rows;
}
