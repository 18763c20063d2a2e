import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { type PostgresServer, startPostgres } from "./postgres-server.ts";

/** Where a mock may keep what it remembers. */
export interface Place {
  /** The option `store` of a mock. */
  readonly store: string | undefined;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A kind of store, and how a test gets a fresh one. */
export interface StoreKind {
  readonly name: string;
  readonly lasting: boolean;
  open(): Promise<Place>;
}

export const STORES: readonly StoreKind[] = [
  {
    name: "memory",
    lasting: false,
    open: async () => ({ store: undefined, [Symbol.asyncDispose]: async () => {} }),
  },
  { name: "SQLite", lasting: true, open: openFile },
  { name: "PostgreSQL", lasting: true, open: openDatabase },
];

let postgres: Promise<PostgresServer> | undefined;
afterAll(async () => (await postgres)?.close());

/** A database of its own, on a server that all tests of a file share. */
async function openDatabase(): Promise<Place> {
  postgres ??= startPostgres();
  return { store: await (await postgres).create(), [Symbol.asyncDispose]: async () => {} };
}

export async function openFile(): Promise<{ store: string } & Place> {
  const folder = await mkdtemp(join(tmpdir(), "mock-store-"));
  return { store: join(folder, "mock.db"), [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
