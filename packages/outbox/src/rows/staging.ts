import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { getAt, type Json, type JsonObject } from "@dots-payouts/openapi";
import type { Call } from "../api/calls.ts";
import { digestOf } from "../ledger/key.ts";

/** Rows that look like duplicates. */
export interface Twice {
  readonly what: string;
  readonly lines: readonly number[];
}

/** Up to this many lines, a value that all of them share does not count as a label. */
const FEW = 10;

/** What several lines share. */
export interface Shared {
  readonly count: number;
  /** The lines that share a value, for the first few values. */
  readonly lines: readonly (readonly number[])[];
}

type Kind = "person" | "reference";

/**
 * Checked rows that wait to be added. They are in a temporary SQLite file, so that they take no memory, and so that
 * exactly what was checked is added.
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
      CREATE TABLE seen (kind TEXT, mark BLOB, line INTEGER);
      BEGIN;
    `);
    this.#insert = this.#database.prepare("INSERT INTO line VALUES (?, ?, ?)");
    this.#see = this.#database.prepare("INSERT INTO seen VALUES (?, ?, ?)");
  }

  get rows(): number {
    return this.#rows;
  }

  add(line: number, id: string, body: JsonObject, { recipients, referenceAt }: Call): void {
    this.#rows += 1;
    this.#insert.run(line, id, JSON.stringify(body));
    for (const [index, pointers] of recipients.entries()) {
      const values = pointers.map((pointer) => getAt(body, pointer) ?? null);
      if (values.includes(null)) continue;
      this.#see.run("person", markOf(index, values), line);
    }
    const reference = referenceAt === undefined ? undefined : getAt(body, referenceAt);
    if (reference !== undefined) this.#see.run("reference", markOf(0, [reference]), line);
  }

  /** IDs that are in several lines, and so would be one row. */
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
  samePeople(): Shared {
    return this.#shared("person", Number.POSITIVE_INFINITY);
  }

  /** The caller's references that are in several lines. A value in every line of a longer file is a label. */
  sameReferences(): Shared {
    return this.#shared("reference", this.#rows > FEW ? this.#rows - 1 : this.#rows);
  }

  /** @param most marks shared by more lines than this are not reported */
  #shared(kind: Kind, most: number): Shared {
    const query =
      "SELECT group_concat(line) AS lines FROM seen WHERE kind = ? GROUP BY mark HAVING count(*) > 1 AND count(*) <= ?";
    const limit = Math.min(most, this.#rows);
    const [{ count } = { count: 0 }] = this.#database
      .prepare(`SELECT count(*) AS count FROM (${query})`)
      .all(kind, limit);
    const rows = this.#database.prepare(`${query} LIMIT 5`).all(kind, limit);
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
  const text = JSON.stringify([index, phoneOf(values) ?? values.map(plainly)]);
  return createHash("sha256").update(text).digest().subarray(0, 16);
}

function plainly(value: Json): string {
  return typeof value === "object" ? digestOf(value) : String(value).trim().toLowerCase();
}

/**
 * A phone number as digits alone, however it is written: with its country in front or apart, with spaces, brackets or a
 * zero. Two that differ may come out the same; then somebody is asked once too often.
 */
function phoneOf(values: readonly Json[]): string | undefined {
  const texts = values.map(String);
  if (!texts.every((text) => /^[\d\s()+./-]+$/.test(text))) return undefined;
  const [number = "", country = ""] = texts
    .map((text) => text.replace(/\D/g, "").replace(/^0+/, ""))
    .sort((one, other) => other.length - one.length);
  if (number.length < 6 || country.length > 3) return undefined;
  return number.startsWith(country) ? number : country + number;
}
