import { type Mock, startMock } from "@dots-payouts/mock";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { payDriver } from "./pay-driver.ts";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());

describe("payDriver", () => {
  it("pays what the driver has earned", async () => {
    const link = await payDriver(mock.url, "2025550139", 4_250);
    expect(link).toMatch(/^https:/);
    expect(mock.requests).toHaveLength(1);
    expect(JSON.parse(mock.requests[0]?.body ?? "")).toMatchObject({ amount: 4_250 });
  });

  it("pays once if the first response is lost", async () => {
    mock.respondNext({ fault: "reset" });
    await payDriver(mock.url, "2025550139", 4_250);
    const payouts = mock.requests.map(({ answer }) => JSON.parse(answer.body).id);
    expect(payouts).toHaveLength(2);
    expect(new Set(payouts).size).toBe(1);
  });

  it("reports why a payout was refused", async () => {
    await expect(payDriver(mock.url, "2025550139", 0)).rejects.toThrow(/amount must be greater than 0/);
  });
});
