import { chmodSync, closeSync, openSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { MockError } from "../../mock-error.ts";
import { parseHeaders } from "../../wire/answer.ts";
import { type Refusal, refuse } from "../../wire/refusal.ts";
import { hidden } from "../hidden.ts";
import { toRecorded } from "../recorded.ts";
import { type First, guarded, type Key, type Store } from "../store.ts";
import { sqliteResources } from "./resources.ts";

/** Stored in the file, so that one with other tables is not mistaken for ours. */
const VERSION = 3;

const TABLES = `
  CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, namespace TEXT NOT NULL, until INTEGER, request TEXT NOT NULL,
    status INTEGER NOT NULL, headers TEXT NOT NULL, body TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS resources (
    number INTEGER PRIMARY KEY, owner TEXT NOT NULL, id TEXT NOT NULL, kept TEXT NOT NULL, UNIQUE (owner, id)
  );
  CREATE INDEX IF NOT EXISTS resources_id ON resources (id);
  CREATE TABLE IF NOT EXISTS requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT, namespace TEXT, entry TEXT NOT NULL
  );
  PRAGMA user_version = ${VERSION};
`;

/** An expired key counts as new. */
const KEEP = `
  INSERT INTO answers VALUES (?1, ?8, ?2, ?3, ?4, ?5, ?6)
  ON CONFLICT DO UPDATE SET until = ?2, request = ?3, status = ?4, headers = ?5, body = ?6 WHERE until <= ?7
`;

/**
 * Keeps everything in an SQLite file. An answer is in the file before it is sent, so it survives killing the process at
 * any moment. Several processes may share the file.
 * @throws MockError if the file cannot be opened or is something else.
 */
export function sqliteStore(location: string, journalSize: number): Store {
  const file = resolve(location);
  const database = open(file);
  const { ino } = statSync(file);
  const find = database.prepare("SELECT * FROM answers WHERE key = ? AND (until IS NULL OR until > ?)");
  const keep = database.prepare(KEEP);
  const record = database.prepare("INSERT INTO requests (namespace, entry) VALUES (?, ?)");
  const recorded = database.prepare("SELECT id, namespace, entry FROM requests ORDER BY id DESC LIMIT ?");
  const trim = database.prepare("DELETE FROM requests WHERE id <= ?");
  const attempt = <T>(work: () => T): T => {
    try {
      // SQLite keeps writing into a file that was removed or replaced, and the data would be lost.
      if (statSync(file, { throwIfNoEntry: false })?.ino !== ino) throw new Error(GONE);
      return work();
    } catch (error) {
      throw unavailable(file, error);
    }
  };
  /** Runs a transaction; rolls back if it returns `false`. */
  const together = (work: () => boolean): boolean => {
    database.exec("BEGIN IMMEDIATE");
    let done = false;
    try {
      done = work();
    } finally {
      database.exec(done ? "COMMIT" : "ROLLBACK");
    }
    return done;
  };
  const firstFor = ({ text, now }: Key): First | undefined => {
    const row = find.get(hidden(text), now);
    if (row === undefined) return undefined;
    const answer = {
      status: Number(row["status"]),
      headers: parseHeaders(String(row["headers"])),
      body: String(row["body"]),
    };
    return { answer, request: String(row["request"]) };
  };

  const resources = sqliteResources(database, together);

  return {
    resources: guarded(resources, attempt),
    find: (key) => attempt(() => firstFor(key)),
    keep: (key, first, created) =>
      attempt(() => {
        const { answer, request } = first;
        const { status, headers, body } = answer;
        const isNew = () =>
          Number(
            keep.run(
              hidden(key.text),
              key.until ?? null,
              request,
              status,
              JSON.stringify(headers),
              body,
              key.now,
              hidden(key.namespace),
            ).changes,
          ) === 1;
        const isKept =
          created.length === 0
            ? isNew()
            : together(() => {
                if (!isNew()) return false;
                resources.add(created);
                return true;
              });
        return (isKept ? undefined : firstFor(key)) ?? first;
      }),
    record: ({ entry, namespace }) =>
      attempt(() => {
        const name = namespace === undefined ? null : hidden(namespace);
        const id = Number(record.run(name, JSON.stringify(entry)).lastInsertRowid);
        if (id % journalSize === 0) trim.run(id - journalSize);
        return id;
      }),
    recorded: (most) => attempt(() => recorded.all(most).flatMap(toRecorded).reverse()),
    nameOf: hidden,
    clear: (namespace) =>
      attempt(() => {
        const name = namespace === undefined ? undefined : hidden(namespace);
        together(() => {
          for (const [all, some] of CLEAR) {
            if (name === undefined) database.exec(all);
            else database.prepare(some).run(name);
          }
          return true;
        });
      }),
    close: () => database.close(),
  };
}

/** Empties a table, of everything or of a namespace. */
const CLEAR = [
  ["DELETE FROM answers", "DELETE FROM answers WHERE namespace = ?"],
  ["DELETE FROM resources", "DELETE FROM resources WHERE substr(owner, instr(owner, ':') + 1) = ?"],
  ["DELETE FROM requests", "DELETE FROM requests WHERE namespace = ?"],
] as const;

/** Milliseconds that a request waits for a file locked by another process. */
const PATIENCE = 1_000;

const GONE = "the file was removed or replaced; start the mock again";

/** Nobody else on the machine may read who was paid. SQLite gives its other files the same permissions. */
function protect(file: string): void {
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
}

function open(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    protect(file);
    database = new DatabaseSync(file, { timeout: 5_000 });
    // Several mocks may open a new file at once: one creates the tables, the others wait for it.
    database.exec("BEGIN IMMEDIATE");
    const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
    const tables = Number(database.prepare("SELECT count(*) AS count FROM sqlite_schema").get()?.["count"]);
    if (version !== VERSION && tables > 0) throw new MockError(`${file} is the database of another program.`);
    database.exec(TABLES);
    database.exec("COMMIT");
    // Each write hands the log to the operating system, so it survives the process; only a power cut can lose its end.
    useLog(database);
    database.exec("PRAGMA synchronous = NORMAL");
    // A request that waits for the file here blocks all other requests.
    database.exec(`PRAGMA busy_timeout = ${PATIENCE}`);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof MockError) throw error;
    throw new MockError(
      `The store ${file} cannot be opened (${error instanceof Error ? error.message : error}).`,
    );
  }
}

/** SQLite does not wait for the lock here, so this retries until another mock has made the change. */
function useLog(database: DatabaseSync): void {
  const end = Date.now() + 5_000;
  for (;;) {
    try {
      database.exec("PRAGMA journal_mode = WAL");
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function unavailable(file: string, error: unknown): Refusal {
  const problem = error instanceof Error ? error.message : String(error);
  return refuse(503, "store", `The mock cannot use its store ${file} (${problem}).`, { "retry-after": "1" });
}
