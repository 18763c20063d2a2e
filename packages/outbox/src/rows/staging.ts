import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { getAt, type Json, type JsonObject } from "@dots-payouts/openapi";
import type { Call } from "../api/calls.ts";

/** Rows that look like the same thing twice. */
export interface Twice {
  readonly what: string;
  readonly lines: readonly number[];
}

/**
 * Checked rows that wait to be added. They are kept in a temporary file of SQLite's, so that they take no memory, and so
 * that what was checked is what is added.
 */
export class Staging {
  readonly #database = new DatabaseSync("");
  readonly #insert;
  readonly #see;
  #rows = 0;

  constructor() {
    this.#database.exec(`
      CREATE TABLE line (line INTEGER, id TEXT, body TEXT);
      CREATE INDEX by_id ON line (id);
      CREATE TABLE seen (mark BLOB, line INTEGER);
      BEGIN;
    `);
    this.#insert = this.#database.prepare("INSERT INTO line VALUES (?, ?, ?)");
    this.#see = this.#database.prepare("INSERT INTO seen VALUES (?, ?)");
  }

  get rows(): number {
    return this.#rows;
  }

  add(line: number, id: string, body: JsonObject, { recipients }: Call): void {
    this.#rows += 1;
    this.#insert.run(line, id, JSON.stringify(body));
    for (const [index, pointers] of recipients.entries()) {
      const values = pointers.map((pointer) => getAt(body, pointer) ?? null);
      if (values.includes(null)) continue;
      this.#see.run(markOf(index, values), line);
    }
  }

  /** IDs that stand in several lines. Those would be one row. */
  sameIds(): Twice[] {
    const rows = this.#database
      .prepare(
        "SELECT id AS what, group_concat(line) AS lines FROM line GROUP BY id HAVING count(*) > 1 LIMIT 100",
      )
      .all();
    return rows.map(({ what, lines }) => ({
      what: String(what),
      lines: String(lines).split(",").map(Number),
    }));
  }

  /** People who are paid by several lines. */
  samePeople(): { readonly count: number; readonly lines: readonly (readonly number[])[] } {
    const query = "SELECT group_concat(line) AS lines FROM seen GROUP BY mark HAVING count(*) > 1";
    const [{ count } = { count: 0 }] = this.#database
      .prepare(`SELECT count(*) AS count FROM (${query})`)
      .all();
    const rows = this.#database.prepare(`${query} LIMIT 5`).all();
    return {
      count: Number(count),
      lines: rows.map(({ lines }) => String(lines).split(",").slice(0, 10).map(Number)),
    };
  }

  *all(): Iterable<{ readonly line: number; readonly id: string; readonly body: JsonObject }> {
    for (const row of this.#database.prepare("SELECT line, id, body FROM line ORDER BY rowid").iterate()) {
      yield { line: Number(row["line"]), id: String(row["id"]), body: JSON.parse(String(row["body"])) };
    }
  }

  close(): void {
    this.#database.close();
  }
}

function markOf(index: number, values: readonly Json[]): Uint8Array {
  const text = JSON.stringify([index, ...values.map((value) => String(value).trim().toLowerCase())]);
  return createHash("sha256").update(text).digest().subarray(0, 16);
}
