import { mockHandlers } from "@dots-payouts/mock/msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { payDriver } from "./pay-driver.ts";

const mock = mockHandlers();
const server = setupServer(...mock.handlers);
beforeAll(() => server.listen());
beforeEach(() => mock.reset());
afterAll(() => server.close());

it("pays without a port, at the API's own URL", async () => {
  expect(await payDriver("https://pls.senddotssandbox.com/api", "2025550139", 4_250)).toMatch(/^https:/);
  expect(mock.requests).toHaveLength(1);
});
