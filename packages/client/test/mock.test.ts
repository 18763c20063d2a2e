import { startMock } from "@dots-payouts/mock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BadRequestError, Dots, type DotsError } from "../src/index.ts";

let mock: Awaited<ReturnType<typeof startMock>>;
let dots: Dots;

beforeAll(async () => {
  mock = await startMock({ port: 0 });
  dots = new Dots({ baseUrl: mock.url, clientId: "client", apiKey: "key" });
});
afterAll(() => mock.close());

describe("the client with the mock of the API", () => {
  it("gets what the API promises from every method", async () => {
    const payee = { country_code: "1", phone_number: "2025550139" };
    const link = await dots.payoutLinks.create({ amount: 1000, delivery: { method: "link" } });
    expect(link).toMatchObject({ amount: 1000, id: expect.any(String), link: expect.any(String) });
    expect(await dots.payouts.send({ amount: 1200, payee })).toMatchObject({ amount: 1200, payee });
    expect(await dots.payoutRequests.create({ amount: 900, payee })).toMatchObject({ amount: 900, payee });
  });

  it("gets the same link again for the same key", async () => {
    const { data, idempotencyKey } = await dots.payoutLinks.create({ amount: 1000 }).withResponse();
    const again = await dots.payoutLinks.create({ amount: 1000 }, { idempotencyKey });
    expect(again.id).toBe(data.id);
  });

  it("hears why a request is refused", async () => {
    const failure = await dots.payoutLinks.create({ amount: -5 }).catch((error: DotsError) => error);
    expect(failure).toBeInstanceOf(BadRequestError);
    expect(failure).toMatchObject({ outcome: "rejected", status: 400, attempts: 1 });
    expect((failure as BadRequestError).body?.message).toMatch(/amount/);
  });
});
