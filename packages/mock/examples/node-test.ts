import assert from "node:assert/strict";
import { test } from "node:test";
import { startMock } from "@dots-payouts/mock";
import { payDriver } from "./pay-driver.ts";

test("pays what the driver has earned", async () => {
  await using mock = await startMock();
  assert.match(await payDriver(mock.url, "2025550139", 4_250), /^https:/);
  assert.equal(mock.requests.length, 1);
  assert.equal(mock.requests[0]?.status, 201);
});

test("gives up when the API is down", async () => {
  await using mock = await startMock();
  mock.respondNext({ status: 503, body: { message: "Down for maintenance." } });
  await assert.rejects(payDriver(mock.url, "2025550139", 4_250), /Down for maintenance/);
});
