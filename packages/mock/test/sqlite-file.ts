import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The path for an SQLite file in a new folder. */
export async function openFile(): Promise<{ readonly store: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), "mock-store-"));
  return { store: join(folder, "mock.db"), [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
