import type { Pool } from "pg";

const TABLES = `
  CREATE TABLE IF NOT EXISTS dots_mock_answers (
    key bytea PRIMARY KEY, until bigint, request text NOT NULL, status integer NOT NULL, headers text NOT NULL, body text NOT NULL,
    namespace text NOT NULL
  );
  CREATE TABLE IF NOT EXISTS dots_mock_resources (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    place bytea NOT NULL UNIQUE, owner bytea NOT NULL, kept text NOT NULL
  );
  CREATE INDEX IF NOT EXISTS dots_mock_resources_owner ON dots_mock_resources (owner);
  CREATE TABLE IF NOT EXISTS dots_mock_requests (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, origin text NOT NULL, entry text NOT NULL, namespace text
  );
`;

/** PostgreSQL's error codes when two mocks create the same table at once: the loser finds it created. */
const MADE_MEANWHILE = new Set(["23505", "42P07", "42710"]);

/** Creates missing tables. Returns the name of the channel for their changes. */
export async function prepareTables(pool: Pool): Promise<string> {
  try {
    await pool.query(TABLES);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && MADE_MEANWHILE.has(String(error.code)))) throw error;
    await pool.query(TABLES);
  }
  // Mocks in other schemas of the same database have nothing to do with these.
  const { rows } = await pool.query("SELECT 'dots_mock_' || md5(current_schema()) AS channel");
  return String(rows[0]?.channel);
}
