import { resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseEntry } from "../journal/entry.ts";
import { MockError } from "../mock-error.ts";
import { parseHeaders } from "../wire/answer.ts";
import { type Refusal, refuse } from "../wire/refusal.ts";
import { sqliteResources } from "./sqlite-resources.ts";
import type { Store } from "./store.ts";

/** Stands in the file, so that one with other tables is not taken for ours. */
const VERSION = 1;

const TABLES = `
  CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, status INTEGER NOT NULL, headers TEXT NOT NULL, body TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS resources (
    number INTEGER PRIMARY KEY, owner TEXT NOT NULL, id TEXT NOT NULL, resource TEXT NOT NULL, UNIQUE (owner, id)
  );
  CREATE TABLE IF NOT EXISTS requests (id INTEGER PRIMARY KEY, entry TEXT NOT NULL);
  PRAGMA user_version = ${VERSION};
`;

/**
 * Keeps everything in an SQLite file. What was answered is in the file before the answer is sent, so that it is there
 * after the process has died at any moment. Several processes may share the file.
 * @throws MockError when the file cannot be opened or is something else.
 */
export function sqliteStore(location: string, journalSize: number): Store {
  const file = resolve(location);
  const database = open(file);
  const find = database.prepare("SELECT status, headers, body FROM answers WHERE key = ?");
  const keep = database.prepare("INSERT INTO answers VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const record = database.prepare("INSERT INTO requests (entry) VALUES (?)");
  const recorded = database.prepare("SELECT entry FROM requests ORDER BY id DESC LIMIT ?");
  const trim = database.prepare("DELETE FROM requests WHERE id <= ?");
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw unavailable(file, error);
    }
  };
  const together = <T>(work: () => T): T => {
    database.exec("BEGIN IMMEDIATE");
    let result: T;
    try {
      result = work();
    } catch (error) {
      database.exec("ROLLBACK");
      throw error;
    }
    database.exec("COMMIT");
    return result;
  };
  const answerFor = (key: string) => {
    const row = find.get(key);
    if (row === undefined) return undefined;
    return {
      status: Number(row["status"]),
      headers: parseHeaders(String(row["headers"])),
      body: String(row["body"]),
    };
  };

  const resources = sqliteResources(database);

  return {
    resources: {
      find: (owner, id) => attempt(() => resources.find(owner, id)),
      add: (created) => attempt(() => resources.add(created)),
      replace: (created, found) => attempt(() => resources.replace(created, found)),
      remove: (owner, id) => attempt(() => resources.remove(owner, id)),
      list: (owner) => attempt(() => resources.list(owner)),
    },
    find: (key) => attempt(() => answerFor(key)),
    keep: (key, answer, created) =>
      attempt(() => {
        const values = [key, answer.status, JSON.stringify(answer.headers), answer.body] as const;
        const isNew = () => Number(keep.run(...values).changes) === 1;
        const kept =
          created === undefined
            ? isNew()
            : together(() => {
                const first = isNew();
                if (first) resources.add(created);
                return first;
              });
        return (kept ? undefined : answerFor(key)) ?? answer;
      }),
    record: (entry) =>
      attempt(() => {
        const id = Number(record.run(JSON.stringify(entry)).lastInsertRowid);
        if (id % journalSize === 0) trim.run(id - journalSize);
      }),
    recorded: (most) =>
      attempt(() =>
        recorded
          .all(most)
          .flatMap((row) => parseEntry(String(row["entry"])) ?? [])
          .reverse(),
      ),
    clear: () =>
      attempt(() => database.exec("DELETE FROM answers; DELETE FROM resources; DELETE FROM requests;")),
    close: () => database.close(),
  };
}

function open(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 5_000 });
    const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
    const tables = Number(database.prepare("SELECT count(*) AS count FROM sqlite_schema").get()?.["count"]);
    if (version !== VERSION && tables > 0) throw new MockError(`${file} is a database of something else.`);
    // The log is handed to the system with each write, and outlives the process; only a power cut can cost its end.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    database.exec(TABLES);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof MockError) throw error;
    throw new MockError(
      `The store ${file} cannot be opened (${error instanceof Error ? error.message : error}).`,
    );
  }
}

function unavailable(file: string, error: unknown): Refusal {
  const problem = error instanceof Error ? error.message : String(error);
  return refuse(503, "store", `The mock cannot use its store ${file} (${problem}).`);
}
