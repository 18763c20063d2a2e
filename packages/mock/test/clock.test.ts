import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createClock } from "../src/clock/clock.ts";
import { MockError, startMock } from "../src/index.ts";
import { post } from "./send.ts";

describe("an idempotency key", () => {
  it("protects for a day, and makes a second payout afterwards", async () => {
    await using mock = await startMock();
    const send = async (idempotency_key: string) => {
      const { body } = await post(`${mock.url}/v2/payout-links`, { amount: 5, idempotency_key });
      return { id: body["id"], created: Date.parse(String(body["created"])) };
    };
    const key = randomUUID();
    const first = await send(key);
    mock.clock.advance("23h59m");
    expect(await send(key)).toEqual(first);
    mock.clock.advance("2m");
    const second = await send(key);
    expect(second.id).not.toBe(first.id);
    expect(second.created - first.created).toBeGreaterThanOrEqual(86_400_000);
    // The new key has its own day.
    mock.clock.advance("23h");
    expect(await send(key)).toEqual(second);
  });
});

describe("the clock", () => {
  it("starts at a given time, and can be moved over HTTP", async () => {
    await using mock = await startMock({ now: "2026-03-01T09:00:00Z" });
    const ask = async (body?: object) => {
      const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
      const response = await fetch(`${mock.url}/__mock/clock`, init);
      const told: unknown = await response.json();
      return { status: response.status, told };
    };
    const near = (time: string) => ({ status: 200, told: { now: expect.stringMatching(`^${time}`) } });
    expect(await ask()).toEqual(near("2026-03-01T09:00:0"));
    expect(await ask({ advance: "25h" })).toEqual(near("2026-03-02T10:00:0"));
    expect(await ask({ set: "2027-01-01T00:00:00Z" })).toEqual(near("2027-01-01T00:00:0"));
    expect(mock.clock.now().toISOString()).toMatch(/^2027-01-01T00:00:0/);
    for (const wrong of [{}, { advance: "soon" }, { set: "tomorrow" }, { advance: true }, { back: "1h" }]) {
      expect((await ask(wrong)).status).toBe(400);
    }
    const { body } = await post(`${mock.url}/v2/payout-links`, { amount: 5 });
    expect(body["created"]).toMatch(/^2027-01-01T00:00:0/);
  });

  it("refuses anything but a time or a duration", async () => {
    await using mock = await startMock();
    expect(() => mock.clock.advance("1 day")).toThrow(MockError);
    expect(() => mock.clock.advance(-1)).toThrow(MockError);
    expect(() => mock.clock.set("2026-03-01")).toThrow(MockError);
    expect(() => mock.clock.set(Number.NaN)).toThrow(MockError);
    await expect(startMock({ now: "noon" })).rejects.toThrow(/noon/);
  });

  it("never leaves the times that answers can contain, and continues after such a move is refused", async () => {
    await using mock = await startMock();
    for (const body of [
      { advance: "999999999999h" },
      { set: "0000-01-01T00:00:00Z" },
      { set: "9999-06-01T00:00:00Z" },
    ]) {
      const init = { method: "POST", body: JSON.stringify(body) };
      const refused = await fetch(`${mock.url}/__mock/clock`, init);
      expect(refused.status).toBe(400);
      expect(await refused.text()).toContain("The clock can only be set to the years 1970 to 9998.");
    }
    expect(() => mock.clock.advance("999999999999h")).toThrow(MockError);
    expect((await post(`${mock.url}/v2/payout-links`, { amount: 5 })).status).toBe(200);
  });

  it("makes everything that is due when it is moved, in order and at the right time", () => {
    const clock = createClock(0);
    const done: [string, number][] = [];
    const note = (name: string) => () => done.push([name, Math.round(clock.now() / 1_000)]);
    clock.at(20_000, note("second"));
    clock.at(10_000, () => {
      note("first")();
      clock.at(15_000, note("planned on the way"));
    });
    const callOff = clock.at(12_000, note("called off"));
    clock.at(60_000, note("later"));
    callOff();
    clock.advance("30s");
    expect(done).toEqual([
      ["first", 10],
      ["planned on the way", 15],
      ["second", 20],
    ]);
    clock.close();
  });
});

describe("a test's own timers", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("do not stop the mock", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "setInterval", "setImmediate", "Date"] });
    await using mock = await startMock();
    expect((await post(`${mock.url}/v2/payout-links`, { amount: 5 })).status).toBe(200);
  });

  it("can skip a delay", async () => {
    await using mock = await startMock();
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    mock.respondNext({ delay: 60_000 });
    const asked = post(`${mock.url}/v2/payout-links`, { amount: 5 });
    await vi.waitUntil(() => vi.getTimerCount() > 0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect((await asked).status).toBe(200);
  });
});
