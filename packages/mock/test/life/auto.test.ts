import { describe, expect, it } from "vitest";
import { startMock } from "../../src/index.ts";
import { post, send } from "../send.ts";
import { eventReceiver, SECRET } from "./receiver.ts";

const status = async (url: string, id: unknown) =>
  (await send("GET", `${url}/v2/payout-links/${id}`)).body["status"];

describe("a mock that makes moves automatically", () => {
  it("brings a payout to its end by the mock's clock, and sends its events", async () => {
    await using receiver = await eventReceiver();
    await using mock = await startMock({ auto: true, webhookUrl: receiver.url, webhookSecret: SECRET });
    const { body } = await post(`${mock.url}/v2/payout-links`, { amount: 1_000 });
    expect(await status(mock.url, body["id"])).toBe("sent");
    mock.clock.advance("4s");
    expect(await status(mock.url, body["id"])).toBe("sent");
    mock.clock.advance("2s");
    await expect.poll(() => status(mock.url, body["id"])).toBe("delivered");
    mock.clock.advance("1m");
    await expect.poll(() => status(mock.url, body["id"])).toBe("claimed");
    const payouts = async () =>
      (await mock.resources()).filter(({ kind, state }) => kind === "transfer" && state === "completed");
    await expect.poll(payouts).toHaveLength(2);
    await mock.webhooks.settled();
    const told = receiver.received.map(({ body: event }) => event["status"]).filter(Boolean);
    expect(told).toEqual(expect.arrayContaining(["sent", "claimed"]));
  });

  it("approves a request, and continues with the link that this creates", async () => {
    await using mock = await startMock({ auto: true });
    const payee = { country_code: "1", phone_number: "2025550139" };
    const { body } = await post(`${mock.url}/v2/payout-requests`, { amount: 900, payee });
    mock.clock.advance("1m");
    const stateOf = async (kind: string) =>
      (await mock.resources()).filter((one) => one.kind === kind).map(({ state }) => state);
    await expect.poll(() => stateOf("payoutRequest")).toEqual(["approved"]);
    await expect.poll(() => stateOf("payoutLink")).toEqual(["claimed"]);
    expect(body["status"]).toBe("created");
  });

  it("ignores resources that somebody else has moved, and forgotten ones", async () => {
    await using mock = await startMock({ auto: true });
    const [kept, forgotten] = await Promise.all(
      [5, 6].map(async (amount) => (await post(`${mock.url}/v2/payout-links`, { amount })).body["id"]),
    );
    await mock.move(String(kept), "expire");
    mock.clock.advance("1h");
    await expect.poll(() => status(mock.url, forgotten)).toBe("claimed");
    expect(await status(mock.url, kept)).toBe("expired");
    await mock.reset();
    mock.clock.advance("1h");
    expect(await mock.resources()).toEqual([]);
  });

  it("makes no moves by default", async () => {
    await using mock = await startMock();
    const { body } = await post(`${mock.url}/v2/payout-links`, { amount: 1_000 });
    mock.clock.advance("1h");
    expect(await status(mock.url, body["id"])).toBe("sent");
  });
});
