import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Mock, type MockOptions, startMock } from "../../src/index.ts";
import { CATS, sendCat } from "../cats.ts";
import { eventReceiver, SECRET } from "../life/receiver.ts";
import { exchange } from "../raw.ts";

/** Where a mock stores what it remembers. */
interface Place extends AsyncDisposable {
  /** The `store` option of a mock. */
  readonly store: string | undefined;
}

/** A kind of store, and how a test gets a new one. */
export interface StoreKind {
  readonly name: string;
  /** Whether it survives a mock, and is shared by several. */
  readonly lasting: boolean;
  open(): Promise<Place>;
}

const keyed = (amount = 5, idempotency_key = randomUUID()) => JSON.stringify({ amount, idempotency_key });

/** Two mocks with one new store, for all tests of a `describe`; one mock twice if a store can't be shared. */
function sharedPair(kind: StoreKind, more: MockOptions = {}): () => readonly [one: Mock, two: Mock] {
  let place: Place | undefined;
  let mocks: readonly Mock[] = [];
  beforeAll(async () => {
    place = await kind.open();
    const options = { ...more, ...(place.store === undefined ? {} : { store: place.store }) };
    mocks = [await startMock(options), ...(kind.lasting ? [await startMock(options)] : [])];
  });
  afterAll(async () => {
    for (const mock of mocks) await mock.close();
    await place?.[Symbol.asyncDispose]();
  });
  return () => {
    const [one, two = one] = mocks;
    if (one === undefined || two === undefined) throw new Error("no mock has started");
    return [one, two];
  };
}

/** The promises of every store. */
export function describeStore(kind: StoreKind): void {
  describe(`the ${kind.name} store`, () => describeKeys(kind));
  describe(`resources in the ${kind.name} store`, () => describeResources(kind));
  if (kind.lasting) describe(`the ${kind.name} store`, () => describeLasting(kind));
}

function describeKeys(kind: StoreKind): void {
  const pair = sharedPair(kind);

  it("keeps the first answer for a key", async () => {
    const [mock] = pair();
    const key = randomUUID();
    const first = await exchange(mock.url, { body: keyed(5, key) });
    const again = await exchange(mock.url, { body: keyed(6, key) });
    expect(again).toMatchObject({ status: first.status, text: first.text });
    expect(again.headers["content-type"]).toBe(first.headers["content-type"]);
  });

  it("creates one resource for 50 requests at once, to any mock", async () => {
    const [one, two] = pair();
    const key = randomUUID();
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        exchange(index % 2 === 0 ? one.url : two.url, { body: keyed(index + 1, key) }),
      ),
    );
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
  });

  it("keeps different keys apart", async () => {
    const [mock] = pair();
    const keys = ["a", "b"].map(() => randomUUID());
    const texts = await Promise.all(
      keys.map(async (key) => (await exchange(mock.url, { body: keyed(5, key) })).text),
    );
    expect(new Set(texts).size).toBe(2);
  });

  it("keeps every character", async () => {
    const [mock] = pair();
    const body = JSON.stringify({
      amount: 5,
      metadata: { "\u0000": "🪙'\"\\\ud83e" },
      idempotency_key: randomUUID(),
    });
    const first = await exchange(mock.url, { body });
    expect((await exchange(mock.url, { body })).text).toBe(first.text);
  });

  it("forgets on request", async () => {
    const [mock] = pair();
    const body = keyed();
    const first = await exchange(mock.url, { body });
    await mock.reset();
    expect(mock.requests).toEqual([]);
    expect((await exchange(mock.url, { body })).text).not.toBe(first.text);
  });
}

function describeResources(kind: StoreKind): void {
  const pair = sharedPair(kind, { spec: CATS });
  beforeEach(() => pair()[0].reset());

  const create = async (url: string, value: object): Promise<string> => {
    const { body: cat } = await sendCat(url, "POST", "/cats", value);
    return String(Object(cat).id);
  };

  it("are read, listed, changed and removed wherever they were created", async () => {
    const [{ url: one }, { url: two }] = pair();
    const ids = [await create(one, { name: "Mia" }), await create(two, { name: "Lou\u0000" })];
    const [mia, lou] = ids.map((id, index) => ({
      id,
      name: index === 0 ? "Mia" : "Lou\u0000",
      state: "home",
    }));
    expect(await sendCat(two, "GET", `/cats/${ids[0]}`)).toEqual({ status: 200, body: mia });
    expect((await sendCat(one, "GET", "/cats")).body).toEqual({ cats: [lou, mia], next: null });
    await sendCat(two, "PATCH", `/cats/${ids[0]}`, { name: "Ada" });
    const ada = { ...mia, name: "Ada" };
    expect((await sendCat(one, "GET", "/cats")).body).toEqual({ cats: [lou, ada], next: null });
    expect((await sendCat(one, "DELETE", `/cats/${ids[0]}`)).status).toBe(204);
    expect((await sendCat(two, "GET", `/cats/${ids[0]}`)).status).toBe(404);
    expect((await sendCat(two, "DELETE", `/cats/${ids[0]}`)).status).toBe(404);
  });

  it("are one for one key", async () => {
    const [{ url: one }, { url: two }] = pair();
    const ids = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        create(index % 2 === 0 ? one : two, { name: "Mia", key: "k" }),
      ),
    );
    const { body: page } = await sendCat(one, "GET", "/cats");
    expect(Object(page).cats.map(({ id }: { id: string }) => id)).toEqual([ids[0]]);
    expect(new Set(ids).size).toBe(1);
  });

  it("move on, wherever they were created, and take others along", async () => {
    await using place = await kind.open();
    const options = place.store === undefined ? {} : { store: place.store };
    await using one = await startMock(options);
    const made: unknown = JSON.parse((await exchange(one.url, {})).text);
    const { id, transfer_id } = Object(made);
    await using two = kind.lasting ? await startMock(options) : undefined;
    const other = two ?? one;
    await other.move(id, "claim");
    const states = async (mock: Mock) =>
      (await mock.resources()).map((known) => [known.kind, known.id, known.state]).toSorted();
    const expected = [
      ["payoutLink", id, "claimed"],
      ["transfer", transfer_id, "completed"],
    ];
    expect(await states(one)).toEqual(expected);
    expect(await states(other)).toEqual(expected);
    await expect(one.move(id, "claim")).rejects.toThrow(/is claimed/);
  });

  it("keep every change, even if they are made at once", async () => {
    const [{ url: one }, { url: two }] = pair();
    for (let round = 0; round < 10; round += 1) {
      const id = await create(one, { name: "Mia" });
      await Promise.all([
        sendCat(one, "PATCH", `/cats/${id}`, { name: "Ada" }),
        sendCat(two, "POST", `/cats/${id}/walk`),
      ]);
      expect((await sendCat(one, "GET", `/cats/${id}`)).body).toEqual({ id, name: "Ada", state: "away" });
    }
  });
}

function describeLasting(kind: StoreKind): void {
  it("numbers requests for all mocks that share it", async () => {
    await using place = await kind.open();
    const options = place.store === undefined ? {} : { store: place.store };
    await using one = await startMock(options);
    await using two = await startMock(options);
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, index) => exchange(index % 2 === 0 ? one.url : two.url, {})),
    );
    const ids = replies.map(({ headers }) => Number(headers["x-request-id"]));
    expect(new Set(ids).size).toBe(20);
    expect(one.requests.map(({ id }) => id)).toEqual(
      expect.arrayContaining(ids.filter((_, at) => at % 2 === 0)),
    );
    await using three = await startMock(options);
    expect(three.requests.map(({ id }) => id)).toEqual(ids.toSorted((a, b) => a - b));
  });

  it("forgets a namespace without the others, and knows whose requests are after a restart", async () => {
    await using place = await kind.open();
    const options = place.store === undefined ? {} : { store: place.store };
    const by = (name: string) => ({ headers: { authorization: `Basic ${btoa(`${name}:key`)}` } });
    const before = await startMock(options);
    const body = keyed();
    const create = (mock: Mock, name: string) => exchange(mock.url, { ...by(name), body });
    const [ada, bob] = [await create(before, "ada"), await create(before, "bob")];
    await before.close();
    await using after = await startMock(options);
    expect(after.namespace("ada").requests).toEqual([after.requests[0]]);
    await after.namespace("ada").reset();
    expect(after.requests).toHaveLength(1);
    expect(await after.namespace("ada").resources()).toEqual([]);
    expect(await after.namespace("bob").resources()).toHaveLength(2);
    expect((await create(after, "ada")).text).not.toBe(ada.text);
    expect((await create(after, "bob")).text).toBe(bob.text);
  });

  it("sends what is still due after a restart, and no event with two IDs", async () => {
    await using place = await kind.open();
    await using receiver = await eventReceiver();
    receiver.answers.push(500);
    const start = () =>
      startMock({
        ...(place.store === undefined ? {} : { store: place.store }),
        ...{ webhookUrl: receiver.url, webhookSecret: SECRET },
      });
    const before = await start();
    await exchange(before.url, {});
    await before.webhooks.settled();
    before.webhooks.hold();
    await exchange(before.url, {});
    const waiting = before.webhooks.deliveries;
    expect(waiting).toMatchObject([{ state: "waiting", attempts: [{ status: 500 }] }, { attempts: [] }]);
    await before.close();
    await using after = await start();
    // Held events are sent at once, and failed ones when they are due.
    await after.webhooks.settled();
    expect(receiver.received.map(({ id }) => id)).toEqual(waiting.map(({ id }) => id));
    after.clock.advance("5s");
    await after.webhooks.settled();
    expect(receiver.received.map(({ id }) => id)).toEqual([0, 1, 0].map((index) => waiting[index]?.id));
    expect(after.webhooks.deliveries).toMatchObject([{ state: "delivered" }, { state: "delivered" }]);
    expect(await after.resources()).toHaveLength(4);
  });

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

  it("keeps resources across restarts, and forgets them on request", async () => {
    await using place = await kind.open();
    const options = { spec: CATS, ...(place.store === undefined ? {} : { store: place.store }) };
    const before = await startMock(options);
    const { body: cat } = await sendCat(before.url, "POST", "/cats", { name: "Mia" });
    await before.close();
    await using after = await startMock(options);
    expect((await sendCat(after.url, "GET", "/cats")).body).toEqual({ cats: [cat], next: null });
    await after.reset();
    expect((await sendCat(after.url, "GET", "/cats")).body).toEqual({ cats: [], next: null });
  });
}
