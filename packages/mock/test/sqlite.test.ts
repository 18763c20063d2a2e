import { randomInt, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { startMock } from "../src/index.ts";
import { startCommand } from "./command.ts";
import { exchange } from "./raw.ts";
import { openFile } from "./stores.ts";

describe("after kill -9 at any moment under load", () => {
  it.each(Array.from({ length: 6 }, () => randomInt(0, 400)))(
    "%i ms after the first answer, all that was answered is there",
    async (moment) => {
      await using place = await openFile();
      const killed = startCommand("--port", "0", "--quiet", "--store", place.store);
      const url = await killed.url();
      const answered = new Map<string, string>();
      let dead = false;
      const client = async () => {
        while (!dead) {
          const body = JSON.stringify({ amount: 5, idempotency_key: randomUUID() });
          const reply = await exchange(url, { body }).catch(() => undefined);
          if (reply?.status === 200) answered.set(body, reply.text);
        }
      };
      const load = Promise.all(Array.from({ length: 8 }, client));
      await expect.poll(() => answered.size, { interval: 5 }).toBeGreaterThan(0);
      await new Promise((resolve) => setTimeout(resolve, moment));
      killed.child.kill("SIGKILL");
      await killed.exit();
      dead = true;
      await load;

      await using mock = await startMock({ store: place.store, journalSize: 100_000 });
      const recorded = new Map(mock.requests.map(({ body, answer }) => [body, answer.body]));
      // The command keeps a thousand requests, and keys without end.
      for (const [body, text] of [...answered].slice(-900)) expect(recorded.get(body)).toBe(text);
      for (const [body, text] of answered) expect((await exchange(mock.url, { body })).text).toBe(text);
    },
    30_000,
  );
});

describe("a file that cannot be the store", () => {
  it.each([
    [
      "in a folder that is not there",
      async (folder: string) => join(folder, "none/mock.db"),
      "cannot be opened",
    ],
    [
      "that is no database",
      async (folder: string) => {
        await writeFile(
          join(folder, "text.db"),
          "a text that is no database, and is long enough to be read as one",
        );
        return join(folder, "text.db");
      },
      "cannot be opened",
    ],
    [
      "that holds something else",
      async (folder: string) => {
        const database = new DatabaseSync(join(folder, "other.db"));
        database.exec("CREATE TABLE notes (text TEXT)");
        database.close();
        return join(folder, "other.db");
      },
      "is a database of something else",
    ],
  ])("%s is refused in one line", async (_name, make, says) => {
    const folder = await mkdtemp(join(tmpdir(), "mock-store-"));
    const mock = startCommand("--port", "0", "--store", await make(folder));
    expect(await mock.exit()).toBe(2);
    const lines = mock.text().trimEnd().split("\n");
    expect(lines.filter((line) => line.startsWith("dots-mock: "))).toHaveLength(1);
    expect(mock.text()).toContain(says);
    await rm(folder, { recursive: true });
  });
});
