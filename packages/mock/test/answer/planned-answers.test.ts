import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { post, send } from "../send.ts";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
  return () => mock.close();
});
afterEach(() => mock.reset());

const pay = async (amount: number, headers: Record<string, string> = {}) =>
  (await post(`${mock.url}/v2/payout-links`, { amount, payee: { first_name: "Ada" } }, headers)).status;
const own = (method: string, body?: object) =>
  send(method, `${mock.url}/__mock/answers`, {}, body === undefined ? undefined : JSON.stringify(body));

describe("an answer can be planned", () => {
  it("for an amount, but not for others", async () => {
    mock.respondNext({ status: 402, when: { "/amount": 999 } });
    expect([await pay(5), await pay(999), await pay(999)]).toEqual([200, 402, 200]);
  });

  it("for a payee and an amount together", async () => {
    mock.respondNext({ status: 402, when: { "/amount": 5, "/payee": { first_name: "Bob" } } });
    mock.respondNext({ status: 409, when: { "/amount": 5, "/payee": { first_name: "Ada" } } });
    expect(await pay(5)).toBe(409);
    expect(mock.pending).toHaveLength(1);
  });

  it("for one client", async () => {
    const other = { authorization: `Basic ${btoa("other:key")}` };
    mock.respondNext({ status: 429, client: "other" });
    expect([await pay(5), await pay(5, other), await pay(5, other)]).toEqual([200, 429, 200]);
  });

  it("as a sequence", async () => {
    for (const status of [429, 503]) mock.respondNext({ status, operation: "createPayoutLink" }, 2);
    const statuses = [];
    for (let times = 0; times < 5; times += 1) statuses.push(await pay(5));
    expect(statuses).toEqual([429, 429, 503, 503, 200]);
  });

  it("over HTTP, is listed until it is used, and can be removed", async () => {
    const planned = { status: 429, headers: { "retry-after": "2" }, when: { "/amount": 7 } };
    const { status, text } = await own("POST", { ...planned, times: 2 });
    expect([status, JSON.parse(text)]).toEqual([200, [{ answer: planned, left: 2 }]]);
    expect([await pay(7), await pay(8)]).toEqual([429, 200]);
    expect(JSON.parse((await own("GET")).text)).toEqual([{ answer: planned, left: 1 }]);
    expect((await own("DELETE")).status).toBe(204);
    expect(await pay(7)).toBe(200);
  });

  it.each([
    { status: "200" },
    { status: 99 },
    { status: 200, headers: { a: 1 } },
    { fault: "nope" },
    { operation: "nope" },
    { when: {} },
    { when: { amount: 5 } },
    { client: "" },
    { times: "2", status: 200 },
    { nonsense: 1 },
  ])("but not if it is invalid: %j", async (planned) => {
    expect((await own("POST", planned)).status).toBe(400);
    expect(mock.pending).toEqual([]);
  });
});
