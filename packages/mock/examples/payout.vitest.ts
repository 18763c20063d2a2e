import { type Mock, startMock } from "@dots-payouts/mock";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());

/** What your own code does. */
async function payOut(amount: number, key: string): Promise<Response> {
  return fetch(`${mock.url}/v2/payout-links`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa("client:key")}`, "content-type": "application/json" },
    body: JSON.stringify({ amount, idempotency_key: key }),
  });
}

const KEY = "5f0c8f3a-8f0e-4e0b-9a57-2f6f1f8f7c11";

it("pays once, however often it is asked", async () => {
  const [first, second] = [await payOut(1000, KEY), await payOut(1000, KEY)];
  expect(await second.json()).toEqual(await first.json());
});

it("lives through an outage", async () => {
  mock.respondNext({ status: 503 });
  mock.respondNext({ fault: "reset" });
  expect((await payOut(1000, KEY)).status).toBe(503);
  await expect(payOut(1000, KEY)).rejects.toThrow("fetch failed");
  expect((await payOut(1000, KEY)).status).toBe(200);
  expect(mock.requests.map(({ status }) => status)).toEqual([503, 200, 200]);
});

it("is told which field is at fault", async () => {
  await payOut(0, KEY);
  expect(mock.requests[0]?.reasons[0]).toMatchObject({ path: "/amount", code: "exclusiveMinimum" });
});
