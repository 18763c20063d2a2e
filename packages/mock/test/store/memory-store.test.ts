import { describe, expect, it } from "vitest";
import { memoryStore } from "../../src/store/memory/memory-store.ts";
import type { Kept, Store } from "../../src/store/store.ts";
import { jsonAnswer } from "../../src/wire/answer.ts";
import type { Reason } from "../../src/wire/refusal.ts";
import { describeStore } from "./store-promises.ts";

describeStore({
  name: "memory",
  lasting: false,
  open: async () => ({ store: undefined, [Symbol.asyncDispose]: async () => {} }),
});

/** A key with a lifetime of a second. */
const key = (text: string, now = 0) => ({ text, namespace: "own", now, until: now + 1_000 });
const quiet = () => {};
const keep = async (store: Store, text: string, given = answer(10), now = 0) =>
  (await store.keep(key(text, now), { answer: given, request: "" }, [], quiet)).answer;
const made = (id: string, size = 10, owner = "own"): Kept => ({
  owner,
  id,
  resource: { id },
  done: {},
  size,
});
const add = (store: Store, kept: Kept) => store.resources.change([{ found: undefined, next: kept }], quiet);

const answer = (length: number) => jsonAnswer(200, "x".repeat(length - 2));

/** The keys among these that still return their answer. */
async function kept(store: Store, keys: readonly string[]): Promise<string[]> {
  const found = await Promise.all(keys.map(async (text) => [text, await store.find(key(text))] as const));
  return found.flatMap(([text, known]) => (known === undefined ? [] : [text]));
}

const keys = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `key ${from + index}`);

describe("the memory store", () => {
  it("forgets the oldest keys if there are too many, and keeps up to the limit", async () => {
    const store = memoryStore({ count: 5, text: 1_000 });
    for (let round = 1; round <= 20; round += 1) {
      for (const text of keys(round * 10 - 10, round * 10)) await keep(store, text);
      expect(await kept(store, keys(0, round * 10))).toEqual(keys(round * 10 - 5, round * 10));
    }
  });

  it("forgets the oldest answers if they are too long in total, and keeps up to the limit", async () => {
    const store = memoryStore({ count: 1_000, text: 100 });
    for (let round = 1; round <= 20; round += 1) {
      for (const text of keys(round * 20 - 20, round * 20)) await keep(store, text);
      expect(await kept(store, keys(0, round * 20))).toEqual(keys(round * 20 - 10, round * 20));
    }
  });

  it("counts an answer once, however often its key is sent", async () => {
    const store = memoryStore({ count: 1_000, text: 100 });
    for (let again = 0; again < 50; again += 1) {
      for (const text of keys(0, 10)) await keep(store, text);
    }
    expect(await kept(store, keys(0, 10))).toEqual(keys(0, 10));
  });

  it("starts over when it is cleared", async () => {
    const store = memoryStore({ count: 1_000, text: 100 });
    for (let round = 0; round < 5; round += 1) {
      for (const text of keys(0, 10)) await keep(store, text);
      expect(await kept(store, keys(0, 10))).toEqual(keys(0, 10));
      await store.clear();
      expect(await kept(store, keys(0, 10))).toEqual([]);
    }
  });

  it("keeps an answer that is too long until it was sent", async () => {
    const store = memoryStore({ count: 1_000, text: 100 });
    const long = answer(200);
    expect(await keep(store, "long", long)).toBe(long);
    for (const text of keys(0, 10)) await keep(store, text);
    expect(await kept(store, ["long", ...keys(0, 10)])).toEqual(keys(0, 10));
  });

  it("forgets the oldest resources of an owner, and none of others", async () => {
    const store = memoryStore({ count: 5, text: 1_000 });
    await add(store, made("0", 10, "other"));
    for (const id of keys(0, 100)) await add(store, made(id));
    const listed = await store.resources.list("own");
    expect(listed.map(({ id }) => id)).toEqual(keys(95, 100).reverse());
    expect(await store.resources.list("other")).toHaveLength(1);
  });

  it("forgets the oldest resources if they are too long in total, and counts removed and replaced ones", async () => {
    const store = memoryStore({ count: 1_000, text: 100 });
    const { resources } = store;
    const listed = async () => (await resources.list("own")).map(({ id }) => id).reverse();
    const change = async (id: string, next: Kept | undefined) =>
      resources.change([{ found: await resources.find("own", id), next }], quiet);
    for (const id of keys(0, 100)) await add(store, made(id));
    expect(await listed()).toEqual(keys(90, 100));
    for (let round = 0; round < 50; round += 1) {
      await add(store, made("again"));
      await change("again", undefined);
    }
    expect(await listed()).toEqual(keys(91, 100));
    for (const id of keys(91, 100)) expect(await change(id, made(id, 5))).toBe(true);
    for (const id of keys(100, 105)) await add(store, made(id));
    expect(await listed()).toEqual(keys(91, 105));
  });

  it("makes all changes or none", async () => {
    const { resources } = memoryStore();
    const one = made("one");
    await resources.change([{ found: undefined, next: one }], quiet);
    const stale = { ...one };
    const changes = [
      { found: one, next: made("one", 20) },
      { found: stale, next: undefined },
    ];
    expect(await resources.change(changes, quiet)).toBe(false);
    expect(await resources.find("own", "one")).toBe(one);
  });

  it("reports that a valid key is dropped, or refuses new ones if it is strict", async () => {
    const warnings: Reason[] = [];
    const keepWith = (store: Store, text: string, now = 0) =>
      store.keep(key(text, now), { answer: answer(10), request: "" }, [], (warning) =>
        warnings.push(warning),
      );
    const lenient = memoryStore({ count: 2 });
    for (const text of keys(0, 3)) await keepWith(lenient, text);
    expect(warnings).toMatchObject([{ code: "memory" }]);

    const strict = memoryStore({ count: 2, strict: true });
    for (const text of keys(0, 2)) await keepWith(strict, text);
    expect(() => keepWith(strict, "more")).toThrow(expect.objectContaining({ status: 503 }));
    expect(await kept(strict, keys(0, 2))).toEqual(keys(0, 2));
    // Expired keys make room.
    await keepWith(strict, "more", 1_000);
    expect(await strict.find(key("more", 1_999))).toBeDefined();
    expect(await strict.find(key("more", 2_000))).toBeUndefined();
    expect(warnings).toHaveLength(1);
  });
});
