import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GUARDS, type Guard } from "./guards/guards.ts";
import type { Source } from "./guards/scenarios.ts";

const SOURCE = fileURLToPath(new URL("../src", import.meta.url));
const COPIES = fileURLToPath(new URL("../.guards", import.meta.url));

beforeAll(() => {
  rmSync(COPIES, { recursive: true, force: true });
  mkdirSync(COPIES);
});
afterAll(() => rmSync(COPIES, { recursive: true, force: true }));

async function load(folder: string): Promise<Source> {
  const at = (file: string): string => pathToFileURL(join(folder, file)).href;
  const { openOutbox, OutboxError } = await import(/* @vite-ignore */ at("index.ts"));
  const { SqliteStore } = await import(/* @vite-ignore */ at("store/sqlite-store.ts"));
  return { folder, openOutbox, OutboxError, SqliteStore };
}

/** A copy of the source without a guard. */
function copyWithout({ without }: Guard, number: number): string {
  const folder = join(COPIES, String(number));
  cpSync(SOURCE, folder, { recursive: true });
  for (const { file, find, put } of without) {
    const path = join(folder, file);
    const text = readFileSync(path, "utf8");
    if (!text.includes(find)) throw new Error(`${file} no longer contains: ${find}`);
    writeFileSync(path, text.replaceAll(find, put));
  }
  return folder;
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
    const harm = await play(guard, copyWithout(guard, guard.number));
    expect(harm, "taking the guard away does no harm that anybody notices").toBeDefined();
  };
}

describe("each guard holds, and is noticed when it is gone", () => {
  for (const guard of numbered.filter(({ alone }) => alone === true)) it(guard.name, holds(guard));
});

describe.concurrent("each guard holds, and is noticed when it is gone (at once)", () => {
  for (const guard of numbered.filter(({ alone }) => alone !== true)) it(guard.name, holds(guard));
});
