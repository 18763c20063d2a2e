import { OutboxError } from "../../outbox-error.ts";
import { text } from "../row.ts";
import type { Sql } from "./connection/sql.ts";

/** A database with fewer letters refuses answers, and names of people. */
export async function requireUnicode(sql: Sql, place: string): Promise<void> {
  const [row] = await sql.all(
    "SELECT pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = current_database()",
  );
  const encoding = text(row, "encoding");
  if (encoding === "UTF8") return;
  throw new OutboxError(
    `The store ${place} is in a database with the encoding ${encoding}, which cannot keep every text. Use one with UTF8.`,
  );
}
