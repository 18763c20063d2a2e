import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../src/index.ts";
import { exchange } from "./raw.ts";
import { STORES, type StoreKind } from "./stores.ts";

const keyed = (amount = 5, idempotency_key = randomUUID()) => JSON.stringify({ amount, idempotency_key });

async function withMock(kind: StoreKind, use: (mock: Mock) => Promise<void>): Promise<void> {
  await using place = await kind.open();
  await using mock = await startMock(place.store === undefined ? {} : { store: place.store });
  await use(mock);
}

describe.each(STORES)("the $name store", (kind) => {
  it("keeps the first answer for a key", () =>
    withMock(kind, async (mock) => {
      const key = randomUUID();
      const first = await exchange(mock.url, { body: keyed(5, key) });
      const again = await exchange(mock.url, { body: keyed(6, key) });
      expect(again).toMatchObject({ status: first.status, text: first.text });
      expect(again.headers["content-type"]).toBe(first.headers["content-type"]);
    }));

  it("makes one resource of 50 requests at once", () =>
    withMock(kind, async (mock) => {
      const key = randomUUID();
      const replies = await Promise.all(
        Array.from({ length: 50 }, (_, index) => exchange(mock.url, { body: keyed(index + 1, key) })),
      );
      expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    }));

  it("keeps apart what is apart", () =>
    withMock(kind, async (mock) => {
      const keys = ["a", "b"].map(() => randomUUID());
      const texts = await Promise.all(
        keys.map(async (key) => (await exchange(mock.url, { body: keyed(5, key) })).text),
      );
      expect(new Set(texts).size).toBe(2);
    }));

  it("keeps every character", () =>
    withMock(kind, async (mock) => {
      const body = JSON.stringify({
        amount: 5,
        metadata: { "\u0000": "🪙'\"\\\ud83e" },
        idempotency_key: randomUUID(),
      });
      const first = await exchange(mock.url, { body });
      expect((await exchange(mock.url, { body })).text).toBe(first.text);
    }));

  it("forgets when it is told to", () =>
    withMock(kind, async (mock) => {
      const body = keyed();
      const first = await exchange(mock.url, { body });
      await mock.reset();
      expect(mock.requests).toEqual([]);
      expect((await exchange(mock.url, { body })).text).not.toBe(first.text);
    }));
});

describe.each(STORES.filter(({ lasting }) => lasting))("the $name store", (kind) => {
  it("keeps keys and requests across restarts", async () => {
    await using place = await kind.open();
    const start = () =>
      startMock({ ...(place.store === undefined ? {} : { store: place.store }), journalSize: 3 });
    const body = keyed();
    const before = await start();
    const first = await exchange(before.url, { body });
    for (let count = 0; count < 4; count += 1) await exchange(before.url, { body: "{}" });
    const requests = before.requests;
    await before.close();
    await using after = await start();
    expect(after.requests).toEqual(requests);
    expect((await exchange(after.url, { body })).text).toBe(first.text);
    expect(after.requests.at(-1)?.id).toBe(6);
  });

  it("is shared by mocks that run at the same time", async () => {
    await using place = await kind.open();
    const options = place.store === undefined ? {} : { store: place.store };
    await using one = await startMock(options);
    await using two = await startMock(options);
    const body = keyed();
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, index) => exchange(index % 2 === 0 ? one.url : two.url, { body })),
    );
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
  });
});
