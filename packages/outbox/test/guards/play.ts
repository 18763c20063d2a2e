import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Scenario, Source } from "./scenarios.ts";

async function load(folder: string): Promise<Source> {
  const at = (file: string): string => pathToFileURL(join(folder, file)).href;
  const { openOutbox, OutboxError } = await import(/* @vite-ignore */ at("index.ts"));
  const { SqliteStore } = await import(/* @vite-ignore */ at("store/sqlite/sqlite-store.ts"));
  return { folder, openOutbox, OutboxError, SqliteStore };
}

/** The harm that a scenario does. An unexpected error counts as harm too, because it is noticed. */
export async function play(scenario: Scenario, folder: string): Promise<string | undefined> {
  try {
    return await scenario(await load(folder));
  } catch (error) {
    return String(error);
  }
}
