import { describe, expect, it } from "vitest";
import { type Mock, MockError, startMock } from "../../src/index.ts";
import { mockHandlers } from "../../src/msw.ts";
import { exchange } from "../raw.ts";

const wrong: readonly object[] = [
  ...[0, -1, 1.5, Number.NaN, "5", 1e9].map((journalSize) => ({ journalSize })),
  ...[-1, Number.NaN, "100", 1e9].map((delay) => ({ delay })),
  ...[2, -1, Number.NaN, "0.5"].map((faultRate) => ({ faultRate })),
  ...[0, Number.NaN, 1.5].map((bodyLimit) => ({ bodyLimit })),
  ...[1.5, -1, Number.NaN, "1"].map((seed) => ({ seed })),
  ...["noon", Number.NaN, {}].map((now) => ({ now })),
  ...["yes", 1].map((strict) => ({ strict })),
  ...[{ onRequest: 5 }, { nonsense: 1 }, { username: "", password: "" }, { username: "u" }],
  { username: "u:v", password: "p" },
];
const wrongForServer: readonly object[] = [
  ...[-1, 70_000, "5254", 1.5].map((port) => ({ port })),
  ...[0, -1, Number.NaN].map((requestTimeout) => ({ requestTimeout })),
  ...[{ host: "" }, { store: "" }, { proxy: "" }, { proxy: "ftp://x" }, { allowHost: "x" }, { spec: "nope" }],
];

describe("an invalid option is refused", () => {
  it.each([...wrong, ...wrongForServer].map((options) => [options]))("by startMock: %j", async (options) => {
    const started: Promise<Mock> = startMock(options);
    await expect(started).rejects.toThrow(MockError);
  });

  it.each(wrong.map((options) => [options]))("by mockHandlers: %j", (options) => {
    expect(() => mockHandlers(options)).toThrow(MockError);
  });
});

describe("an invalid planned answer is refused", () => {
  it.each<[object, number]>([
    [{ operation: "nope", status: 500 }, 1],
    [{ fault: "nope" }, 1],
    [{ delay: -5 }, 1],
    [{ delay: Number.NaN }, 1],
    [{ statsu: 500 }, 1],
    [{ body: { a: 1 } }, 1],
    ...[0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY].map((times): [object, number] => [
      { status: 500 },
      times,
    ]),
  ])("%j, %d times", async (answer, times) => {
    await using mock = await startMock();
    expect(() => mock.respondNext(answer, times)).toThrow(MockError);
    expect(mock.pending).toEqual([]);
  });
});

describe("planned answers that were not used", () => {
  const plan = (mock: Mock) => mock.respondNext({ operation: "createPayoutLink", status: 500 }, 2);

  it("are listed", async () => {
    await using mock = await startMock();
    plan(mock);
    await exchange(mock.url, {});
    expect(mock.pending).toEqual([{ answer: { operation: "createPayoutLink", status: 500 }, left: 1 }]);
    await exchange(mock.url, {});
    expect(mock.pending).toEqual([]);
  });

  it("make closing a strict mock fail, although it is closed", async () => {
    const mock = await startMock({ strict: true });
    plan(mock);
    await expect(mock.close()).rejects.toThrow(/never used: .*createPayoutLink.*2 left/);
    await expect(exchange(mock.url, {})).rejects.toThrow(/ECONNREFUSED/);
  });

  it("do not after a reset", async () => {
    const mock = await startMock({ strict: true });
    plan(mock);
    await mock.reset();
    await mock.close();
  });
});

describe("an invalid filter", () => {
  it.each([
    "nope=1",
    "status=abc",
    "status=4",
    "refused=maybe",
    "warned=",
    "since=x",
    "limit=-1",
    "limit=1.5",
  ])("is refused: %s", async (query) => {
    await using mock = await startMock();
    expect((await fetch(`${mock.url}/__mock/requests?${query}`)).status).toBe(400);
  });
});
