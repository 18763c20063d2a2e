import { MockError } from "./mock-error.ts";
import { memoryStore } from "./store/memory/memory-store.ts";
import type { Store } from "./store/store.ts";

/**
 * The store at a location: memory if none is given, PostgreSQL for its URL, otherwise an SQLite file.
 * @param journalSize how many requests it keeps
 * @param strict whether a full memory refuses new entries
 * @throws MockError if it cannot be opened.
 */
export async function openStore(
  location: string | undefined,
  journalSize: number,
  strict: boolean,
): Promise<Store> {
  if (location === undefined) return memoryStore({ strict });
  if (/^postgres(ql)?:\/\//i.test(location)) {
    const { postgresStore } = await import("./store/postgres/postgres-store.ts");
    return postgresStore(location, journalSize);
  }
  // Loaded on demand: Node calls its SQLite experimental, and says so on the terminal.
  const { sqliteStore } = await import("./store/sqlite/sqlite-store.ts").catch(withoutSqlite);
  return sqliteStore(location, journalSize);
}

/** Node has SQLite since 22.13; before, or if it is disabled, the import fails. */
function withoutSqlite(error: unknown): never {
  const isMissing = error instanceof Error && "code" in error && error.code === "ERR_UNKNOWN_BUILTIN_MODULE";
  if (!isMissing) throw error;
  throw new MockError(
    `A store in a file needs SQLite, which this Node (${process.version}) does not have. Use Node 22.13 or later, or PostgreSQL.`,
  );
}
