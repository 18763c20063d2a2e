import assert from "node:assert/strict";
import { test } from "node:test";
import { startMock } from "@dots-payouts/mock";

test("a payout link is for what was asked", async () => {
  // Closed at the end of the test, whatever happens in it.
  await using mock = await startMock();
  const response = await fetch(`${mock.url}/v2/payout-links`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa("client:key")}`, "content-type": "application/json" },
    body: JSON.stringify({ amount: 1000 }),
  });
  const link = JSON.parse(await response.text());
  assert.equal(response.status, 200);
  assert.equal(link.amount, 1000);
  assert.equal(mock.requests.length, 1);
});
