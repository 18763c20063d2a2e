import { asDocument, listMockValues, listOperations } from "@dots-payouts/openapi";
import bundled from "@dots-payouts/spec/openapi.json" with { type: "json" };
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { post, send } from "../send.ts";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const key = "0b7f6a52-3c4d-4f7e-9d0a-51d2b0c9e4f8";
const body = (phone_number: string, more: object = {}) => ({
  amount: 1_000,
  payee: { country_code: "1", phone_number },
  ...more,
});

describe("numbers that the mock treats specially", () => {
  it("create a link that is not delivered, a second later", async () => {
    for (const path of ["payouts/send-payout", "payout-links"]) {
      const { body: link } = await post(`${mock.url}/v2/${path}`, body("2025550190"));
      expect(link["status"]).toMatch(/^(created|sent)$/);
      mock.clock.advance("1s");
      const read = () => send("GET", `${mock.url}/v2/payout-links/${link["id"]}`);
      await expect.poll(async () => (await read()).body["status"]).toBe("delivery_failed");
    }
  });

  it("cause refusals that use up no key", async () => {
    const send = (number: string) =>
      post(`${mock.url}/v2/payouts/send-payout`, body(number, { idempotency_key: key }));
    const funds = await send("2025550191");
    expect(funds.status).toBe(402);
    expect(funds.body).toMatchObject({ error_code: "transaction-insufficient-funds" });
    const tooMany = await send("2025550192");
    expect([tooMany.status, tooMany.headers.get("retry-after")]).toEqual([429, "2"]);
    expect(mock.requests.at(-1)?.reasons).toMatchObject([{ code: "mock" }]);
    expect((await send("2025550139")).status).toBe(201);
  });

  it("do not change the answer to a key that was used before", async () => {
    const idempotency_key = "1b7f6a52-3c4d-4f7e-9d0a-51d2b0c9e4f8";
    const first = await post(`${mock.url}/v2/payouts/send-payout`, body("2025550139", { idempotency_key }));
    const again = await post(`${mock.url}/v2/payouts/send-payout`, body("2025550191", { idempotency_key }));
    expect(again.text).toBe(first.text);
  });

  it("belong to nobody, and appear in no example", () => {
    const document = asDocument(bundled);
    const operations = listOperations(document);
    const contents = operations.flatMap(({ requestBody }) => requestBody?.content ?? []);
    const values = contents.flatMap(({ schema }) =>
      schema === undefined ? [] : listMockValues(document, schema),
    );
    expect(values.length).toBeGreaterThan(0);
    for (const { value } of values) expect(value).toMatch(/^\d{3}55501\d\d$/);
    const examples = operations.flatMap(({ requestBody, responses }) =>
      [...(requestBody === undefined ? [] : [requestBody]), ...responses].flatMap(({ content }) =>
        content.flatMap((media) => media.examples.map((example) => JSON.stringify(example.value))),
      ),
    );
    for (const { value } of values) expect(examples.filter((text) => text.includes(value))).toEqual([]);
  });
});

describe("Prefer: code=", () => {
  const ask = (prefer: string) => post(`${mock.url}/v2/payout-links`, { amount: 5 }, { prefer });

  it.each<[code: number, says: object]>([
    [402, { error_code: "transaction-insufficient-funds" }],
    [403, { message: "Your account may not do this." }],
    [408, { message: expect.stringContaining("took too long") }],
    [409, { error_code: "resource-busy" }],
    [429, { message: "Too many requests. Try again later." }],
    [404, { message: expect.stringContaining("404") }],
    [410, { message: expect.stringContaining("410") }],
  ])("%d returns the example for that status", async (code, says) => {
    const { status, body: problem } = await ask(`code=${code}`);
    expect(status).toBe(code);
    expect(problem).toMatchObject(says);
  });

  it("can still choose an example by its name", async () => {
    const { status, body: problem } = await ask("code=409, example=tooMany");
    expect([status, problem["message"]]).toEqual([409, "Too many requests. Try again later."]);
  });
});
