import { describe, expect, it } from "vitest";
import { memoryStore } from "../src/store/memory-store.ts";
import type { Store } from "../src/store/store.ts";
import { jsonAnswer } from "../src/wire/answer.ts";
import { describeStore } from "./store-promises.ts";

describeStore({
  name: "memory",
  lasting: false,
  open: async () => ({ store: undefined, [Symbol.asyncDispose]: async () => {} }),
});

const answer = (length: number) => jsonAnswer(200, "x".repeat(length - 2));

/** Which of these keys still bring their answer back. */
async function kept(store: Store, keys: readonly string[]): Promise<string[]> {
  const found = await Promise.all(keys.map(async (key) => [key, await store.find(key)] as const));
  return found.flatMap(([key, known]) => (known === undefined ? [] : [key]));
}

const keys = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `key ${from + index}`);

describe("the memory store", () => {
  it("forgets the oldest keys when there are too many, and keeps as many as it may for ever", async () => {
    const store = memoryStore({ count: 5, text: 1_000 });
    for (let round = 1; round <= 20; round += 1) {
      for (const key of keys(round * 10 - 10, round * 10)) await store.keep(key, answer(10), undefined);
      expect(await kept(store, keys(0, round * 10))).toEqual(keys(round * 10 - 5, round * 10));
    }
  });

  it("forgets the oldest answers when they are too long together, and keeps as much as it may for ever", async () => {
    const store = memoryStore({ count: 1_000, text: 100 });
    for (let round = 1; round <= 20; round += 1) {
      for (const key of keys(round * 20 - 20, round * 20)) await store.keep(key, answer(10), undefined);
      expect(await kept(store, keys(0, round * 20))).toEqual(keys(round * 20 - 10, round * 20));
    }
  });

  it("counts an answer once, however often its key is sent", async () => {
    const store = memoryStore({ count: 1_000, text: 100 });
    for (let again = 0; again < 50; again += 1) {
      for (const key of keys(0, 10)) await store.keep(key, answer(10), undefined);
    }
    expect(await kept(store, keys(0, 10))).toEqual(keys(0, 10));
  });

  it("starts over when it is cleared", async () => {
    const store = memoryStore({ count: 1_000, text: 100 });
    for (let round = 0; round < 5; round += 1) {
      for (const key of keys(0, 10)) await store.keep(key, answer(10), undefined);
      expect(await kept(store, keys(0, 10))).toEqual(keys(0, 10));
      await store.clear();
      expect(await kept(store, keys(0, 10))).toEqual([]);
    }
  });

  it("keeps an answer that is too long as long as it takes to send it", async () => {
    const store = memoryStore({ count: 1_000, text: 100 });
    const long = answer(200);
    expect(await store.keep("long", long, undefined)).toBe(long);
    for (const key of keys(0, 10)) await store.keep(key, answer(10), undefined);
    expect(await kept(store, ["long", ...keys(0, 10)])).toEqual(keys(0, 10));
  });

  it("forgets the oldest resources of an owner, and of nobody else", async () => {
    const store = memoryStore({ count: 5, text: 1_000 });
    await store.resources.add({ owner: "other", id: "0", resource: {}, size: 10 });
    for (const id of keys(0, 100))
      await store.resources.add({ owner: "own", id, resource: { id }, size: 10 });
    const listed = await store.resources.list("own");
    expect(listed.map(([id]) => id)).toEqual(keys(95, 100).reverse());
    expect(await store.resources.list("other")).toHaveLength(1);
  });

  it("forgets the oldest resources when they are too long together, and counts what is removed and replaced", async () => {
    const { resources } = memoryStore({ count: 1_000, text: 100 });
    const made = (id: string, size = 10) => ({ owner: "own", id, resource: { id }, size });
    const listed = async () => (await resources.list("own")).map(([id]) => id).reverse();
    for (const id of keys(0, 100)) await resources.add(made(id));
    expect(await listed()).toEqual(keys(90, 100));
    for (let round = 0; round < 50; round += 1) {
      await resources.add(made("again"));
      await resources.remove("own", "again");
    }
    expect(await listed()).toEqual(keys(91, 100));
    for (const id of keys(91, 100)) {
      const found = await resources.find("own", id);
      expect(await resources.replace(made(id, 5), found ?? null)).toBe(true);
    }
    for (const id of keys(100, 105)) await resources.add(made(id));
    expect(await listed()).toEqual(keys(91, 105));
  });
});
