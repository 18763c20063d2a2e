import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { post, send } from "../send.ts";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const links = () => `${mock.url}/v2/payout-links`;

async function entriesOf(id: string | null) {
  const { text } = await send("GET", `${mock.url}/__mock/requests?id=${id}`);
  return JSON.parse(text);
}

describe("the ID of a request", () => {
  it("is on each answer, and identifies the request in the journal", async () => {
    const made = await post(links(), { amount: 701 });
    const refused = await post(links(), { amount: "none" });
    expect(await entriesOf(made.headers.get("x-request-id"))).toMatchObject([
      { status: 200, body: '{"amount":701}' },
    ]);
    expect(await entriesOf(refused.headers.get("x-request-id"))).toMatchObject([
      { status: 400, body: '{"amount":"none"}' },
    ]);
  });

  it("is replaced by a planned one", async () => {
    mock.respondNext({ status: 503, headers: { "X-Request-Id": "theirs" } });
    expect((await post(links(), { amount: 1 })).headers.get("x-request-id")).toBe("theirs");
  });
});
