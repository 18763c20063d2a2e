import { randomInt, randomUUID } from "node:crypto";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { describe, expect, inject, it } from "vitest";
import { MockError, startMock } from "../../src/index.ts";
import { startCommand, startOnNode } from "../command.ts";
import { exchange } from "../raw.ts";
import { openFile } from "../sqlite-file.ts";
import { describeStore } from "./store-promises.ts";

describeStore({ name: "SQLite", lasting: true, open: openFile });

describe("after kill -9 at any moment under load", () => {
  it.each(Array.from({ length: inject("kills") }, () => randomInt(0, 100)))(
    "%i ms after the first answer, the store has every answer",
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
      // The command keeps a thousand requests, and all keys.
      for (const [body, text] of [...answered].slice(-900)) expect(recorded.get(body)).toBe(text);
      for (const [body, text] of answered) expect((await exchange(mock.url, { body })).text).toBe(text);
    },
    300_000,
  );
});

it("many processes can open a new file at once", async () => {
  const workers = Array.from(
    { length: inject("openers") },
    () => new Worker(new URL("./open-sqlite.ts", import.meta.url)),
  );
  const answers = async () =>
    new Set(await Promise.all(workers.map(async (worker) => (await once(worker, "message"))[0])));
  expect(await answers()).toEqual(new Set(["ready"]));
  for (let round = 0; round < 5; round += 1) {
    await using place = await openFile();
    const told = answers();
    for (const worker of workers) worker.postMessage(place.store);
    expect(await told).toEqual(new Set(["open"]));
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
});

describe("a file that can't be the store", () => {
  it.each<[name: string, make: (folder: string) => Promise<string>, says: string]>([
    ["in a folder that is not there", async (folder) => join(folder, "none/mock.db"), "cannot be opened"],
    [
      "that is not a database",
      async (folder) => {
        const file = join(folder, "text.db");
        await writeFile(file, "a text that is not a database, and is long enough to be read as one");
        return file;
      },
      "cannot be opened",
    ],
    [
      "that contains something else",
      async (folder) => {
        const file = join(folder, "other.db");
        const database = new DatabaseSync(file);
        database.exec("CREATE TABLE notes (text TEXT)");
        database.close();
        return file;
      },
      "is the database of another program",
    ],
  ])("%s is refused in one line", async (_name, make, says) => {
    await using place = await openFile();
    const started = startMock({ store: await make(dirname(place.store)) });
    await expect(started).rejects.toThrow(MockError);
    await expect(started).rejects.toThrow(says);
    await expect(started).rejects.toThrow(/^.*$/);
  });
});

describe("a file that stops being the store", () => {
  it("is noticed as soon as it is removed, before anything is promised", async () => {
    await using place = await openFile();
    await using mock = await startMock({ store: place.store });
    expect((await exchange(mock.url, {})).status).toBe(200);
    await rm(place.store);
    const reply = await exchange(mock.url, {});
    expect(reply.status).toBe(503);
    expect(reply.text).toContain("the file was removed or replaced; start the mock again");
  });

  it("delays requests for at most a second while another process has locked it", async () => {
    await using place = await openFile();
    await using mock = await startMock({ store: place.store });
    using other = new DatabaseSync(place.store);
    other.exec("BEGIN IMMEDIATE");
    const started = performance.now();
    const reply = await exchange(mock.url, {});
    expect(reply.status).toBe(503);
    expect(reply.headers["retry-after"]).toBe("1");
    expect(performance.now() - started).toBeLessThan(15_000);
    other.exec("ROLLBACK");
    expect((await exchange(mock.url, {})).status).toBe(200);
  });
});

it("numbers the requests of two mocks uniquely", async () => {
  await using place = await openFile();
  {
    await using one = await startMock({ store: place.store });
    await using two = await startMock({ store: place.store });
    for (const { url } of [one, two, one, two]) await exchange(url, {});
  }
  await using mock = await startMock({ store: place.store });
  expect(mock.requests.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
});

it("distinguishes a Node without SQLite from a file that can't be opened", async () => {
  await using place = await openFile();
  const without = startOnNode(["--no-experimental-sqlite"], ["--port", "0", "--store", place.store]);
  expect(await without.exit()).toBe(2);
  expect(without.text()).toMatch(
    /^dots-mock: A store in a file needs SQLite, .* Use Node 22\.13 or later, or PostgreSQL\.\n$/,
  );
});
