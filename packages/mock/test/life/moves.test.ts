import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, MockError, startMock } from "../../src/index.ts";
import { post, send } from "../send.ts";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const PAYEE = { country_code: "1", phone_number: "2025550139" };
const get = async (path: string) => (await send("GET", mock.url + path)).body;
const link = async (id: unknown) => get(`/v2/payout-links/${id}`);
const create = async () => (await post(`${mock.url}/v2/payout-links`, { amount: 1001, metadata: "m" })).body;
const transfers = async () => {
  const { data } = await get("/v2/transfers");
  return Array.isArray(data) ? data : [];
};
const transfer = async (id: unknown) => (await transfers()).find((one) => one.id === id);

describe("a payout link", () => {
  it("has a transfer from the start", async () => {
    const made = await create();
    const [first] = await transfers();
    expect(first).toMatchObject({
      id: made["transfer_id"],
      status: "created",
      type: "balance",
      amount: 1001,
      metadata: "m",
      payout_link_id: made["id"],
    });
  });

  it("can be claimed, which completes its transfer", async () => {
    const made = await create();
    const { kind, state, moves } = await mock.move(String(made["id"]), "claim");
    expect([kind, state]).toEqual(["payoutLink", "claimed"]);
    expect(moves.map(({ name }) => name)).toEqual(["payOut", "payOutInPart", "reverse"]);
    expect(await link(made["id"])).toMatchObject({
      status: "claimed",
      claimed_user_id: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect(await transfer(made["transfer_id"])).toMatchObject({ status: "completed" });
  });

  it("can be paid out in part, with a separate transfer", async () => {
    const made = await create();
    await mock.move(String(made["id"]), "claim");
    await mock.move(String(made["id"]), "payOutInPart");
    const [part] = await transfers();
    expect(part).toMatchObject({
      type: "payout",
      status: "pending",
      amount: 500,
      payout_link_id: made["id"],
    });
    await mock.move(String(part.id), "complete");
    expect(await transfer(part.id)).toMatchObject({ status: "completed" });
  });

  it("moves its transfer along when it is canceled", async () => {
    const made = await create();
    await send("DELETE", `${mock.url}/v2/payout-links/${made["id"]}`);
    expect(await transfer(made["transfer_id"])).toMatchObject({ status: "canceled" });
  });

  it("can't be canceled once it is claimed, not even if both happen at once", async () => {
    for (let round = 0; round < 20; round += 1) {
      const id = String((await create())["id"]);
      const [claimed, canceled] = await Promise.all([
        mock.move(id, "claim").then(
          () => true,
          () => false,
        ),
        send("DELETE", `${mock.url}/v2/payout-links/${id}`).then(({ status }) => status === 200),
      ]);
      expect([claimed, canceled].filter(Boolean)).toHaveLength(1);
      expect((await link(id))["status"]).toBe(claimed ? "claimed" : "canceled");
    }
  });
});

describe("a payout request", () => {
  const ask = async () => (await post(`${mock.url}/v2/payout-requests`, { amount: 700, payee: PAYEE })).body;

  it("can be approved, and always shows the current link that this creates", async () => {
    const id = String((await ask())["id"]);
    await mock.move(id, "approve");
    const approved = await get(`/v2/payout-requests/${id}`);
    expect(approved).toMatchObject({
      status: "approved",
      "payout-link": { amount: 700, status: "sent", payee: PAYEE },
    });
    const inside: unknown = approved["payout-link"];
    const linkId = typeof inside === "object" && inside !== null && "id" in inside ? inside.id : undefined;
    expect(await link(linkId)).toEqual(inside);
    await mock.move(String(linkId), "claim");
    expect(await get(`/v2/payout-requests/${id}`)).toMatchObject({ "payout-link": { status: "claimed" } });
    expect((await get("/v2/payout-requests"))["data"]).toMatchObject([
      { "payout-link": { status: "claimed" } },
    ]);
  });

  it("can only be decided once", async () => {
    const id = String((await ask())["id"]);
    await mock.move(id, "reject");
    await expect(mock.move(id, "approve")).rejects.toThrow(/is rejected/);
  });
});

describe("a move that is not possible", () => {
  it("is refused with the reason", async () => {
    const id = String((await create())["id"]);
    await expect(mock.move(id, "fly")).rejects.toThrow(/has no move fly\. Available: .*claim/);
    await expect(mock.move("none", "claim")).rejects.toThrow(MockError);
    await expect(mock.move(id, "payOut")).rejects.toThrow(/only possible while it is claimed/);
    expect((await link(id))["status"]).toBe("sent");
  });
});

describe("over HTTP", () => {
  const own = (method: string, path: string) => send(method, `${mock.url}/__mock/resources${path}`);

  it("resources are listed with their moves, and can be moved", async () => {
    const id = String((await create())["id"]);
    const [found] = JSON.parse((await own("GET", `?id=${id}`)).text);
    expect(found).toMatchObject({ kind: "payoutLink", id, state: "sent" });
    expect(found.moves).toContainEqual({ name: "claim", by: "person", summary: "A user claims the link." });
    const moved = await own("POST", `/${id}/moves/claim`);
    expect([moved.status, moved.body["state"]]).toEqual([200, "claimed"]);
    expect((await own("POST", `/${id}/moves/claim`)).status).toBe(409);
    expect((await own("POST", "/none/moves/claim")).status).toBe(404);
    expect((await own("GET", "?nope=1")).status).toBe(400);
  });
});

it("resources belong to a client and an app", async () => {
  const made = await create();
  const path = `${mock.url}/v2/payout-links/${made["id"]}`;
  expect((await send("GET", path, { "api-app-id": "other" })).status).toBe(404);
  expect((await send("GET", path)).status).toBe(200);
});
