import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyWithout } from "./guards/copy-without.ts";
import { GUARDS, type Guard } from "./guards/guards.ts";
import type { Source } from "./guards/scenarios.ts";

const SOURCE = fileURLToPath(new URL("../src", import.meta.url));
const COPIES = fileURLToPath(new URL("../.guards", import.meta.url));

beforeAll(() => rmSync(COPIES, { recursive: true, force: true }));
afterAll(() => rmSync(COPIES, { recursive: true, force: true }));

async function load(folder: string): Promise<Source> {
  const at = (file: string): string => pathToFileURL(join(folder, file)).href;
  const { openOutbox, OutboxError } = await import(/* @vite-ignore */ at("index.ts"));
  const { SqliteStore } = await import(/* @vite-ignore */ at("store/sqlite/sqlite-store.ts"));
  return { folder, openOutbox, OutboxError, SqliteStore };
}

/** What harm a scenario does. An error that nobody expects is one too: it is noticed. */
async function play(guard: Guard, folder: string): Promise<string | undefined> {
  try {
    return await guard.scenario(await load(folder));
  } catch (error) {
    return String(error);
  }
}

const numbered = GUARDS.map((guard, number) => ({ ...guard, number }));

function holds(guard: Guard & { readonly number: number }) {
  return async () => {
    expect(await play(guard, SOURCE)).toBeUndefined();
    const harm = await play(guard, copyWithout(guard.without, SOURCE, join(COPIES, String(guard.number))));
    expect(harm, "taking the guard away does no harm that anybody notices").toBeDefined();
  };
}

describe("each guard holds, and is noticed when it is gone", () => {
  for (const guard of numbered.filter(({ alone }) => alone === true)) it(guard.name, holds(guard));
});

describe.concurrent("each guard holds, and is noticed when it is gone (at once)", () => {
  for (const guard of numbered.filter(({ alone }) => alone !== true)) it(guard.name, holds(guard));
});
