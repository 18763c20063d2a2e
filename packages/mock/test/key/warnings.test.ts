import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { CATS, sendCat } from "../cats.ts";
import { post } from "../send.ts";

let lenient: Mock;
let strict: Mock;
beforeAll(async () => {
  [lenient, strict] = await Promise.all([startMock(), startMock({ strict: true })]);
});
afterAll(() => Promise.all([lenient.close(), strict.close()]));

const links = (mock: Mock) => `${mock.url}/v2/payout-links`;
const payee = (phone_number: string) => ({ country_code: "1", phone_number });

describe("a key that is used for another request", () => {
  const first = { amount: 1_000, payee: payee("2025550139") };
  const other = { amount: 9_999, payee: payee("2025550140") };

  it("gets a warning with what was paid and what was requested", async () => {
    const idempotency_key = randomUUID();
    const made = await post(links(lenient), { ...first, idempotency_key });
    expect(lenient.requests.at(-1)).toMatchObject({ warnings: [], replayed: false });
    const again = await post(links(lenient), { idempotency_key, ...other });
    expect(again.text).toBe(made.text);
    expect(lenient.requests.at(-1)).toMatchObject({
      replayed: true,
      warnings: [
        {
          path: "/idempotency_key",
          code: "key-reused",
          message: expect.stringContaining(
            "This key made 10.00 to 1 2025550139 before; you asked for 99.99 to 1 2025550140.",
          ),
        },
      ],
    });
  });

  it("is refused by a strict mock, without changing the first payout", async () => {
    const idempotency_key = randomUUID();
    const made = await post(links(strict), { ...first, idempotency_key });
    const again = await post(links(strict), { ...other, idempotency_key });
    expect(again.status).toBe(400);
    expect(again.body["errors"]).toMatchObject([{ code: "key-reused" }]);
    expect((await post(links(strict), { idempotency_key, ...first })).text).toBe(made.text);
  });

  it("gets no warning if only the order of the fields differs", async () => {
    const idempotency_key = randomUUID();
    await post(links(strict), { ...first, idempotency_key });
    expect((await post(links(strict), { idempotency_key, ...first })).status).toBe(200);
  });
});

describe("a key that another server may not recognize", () => {
  it("gets a warning in upper case, and is refused by a strict mock", async () => {
    const body = { amount: 5, idempotency_key: "6D1C9A7E-0F5B-4C38-BB1D-2A9F0E7C4D51" };
    expect((await post(links(lenient), body)).status).toBe(200);
    expect(lenient.requests.at(-1)?.warnings).toMatchObject([{ code: "key-case" }]);
    expect((await post(links(strict), body)).status).toBe(400);
  });

  it("gets a warning in a header", async () => {
    const headers = { "idempotency-key": randomUUID() };
    expect((await post(links(lenient), { amount: 5 }, headers)).status).toBe(200);
    expect(lenient.requests.at(-1)?.warnings).toMatchObject([
      { code: "key-name", message: expect.stringContaining("idempotency-key is not the idempotency key") },
    ]);
    expect((await post(links(strict), { amount: 5 }, headers)).status).toBe(400);
  });

  it("gets a warning under another name in an open body", async () => {
    await using mock = await startMock({ spec: CATS });
    expect((await sendCat(mock.url, "POST", "/cats", { name: "Mia", Key: "k" })).status).toBe(201);
    expect(mock.requests.at(-1)?.warnings).toMatchObject([{ code: "key-name" }]);
  });
});

it("filters requests by warnings", async () => {
  await lenient.reset();
  await post(links(lenient), { amount: 5 });
  await post(links(lenient), { amount: 5 }, { "idempotency-key": "k" });
  const found: unknown = await (await fetch(`${lenient.url}/__mock/requests?warned=true`)).json();
  expect(lenient.requests).toHaveLength(2);
  expect(found).toMatchObject([{ warnings: [{ code: "key-name" }] }]);
});
