import { asDocument, listEvents } from "@dots-payouts/openapi";
import { ajvOptions, compileSchemas, createAjv } from "@dots-payouts/openapi/validation";
import bundled from "@dots-payouts/spec/openapi.json" with { type: "json" };
import { describe, expect, it } from "vitest";
import { type MockOptions, startMock } from "../../src/index.ts";
import { post, send } from "../send.ts";
import { eventReceiver, SECRET } from "./receiver.ts";

async function setUp(options: MockOptions = {}) {
  const receiver = await eventReceiver();
  const mock = await startMock({ webhookUrl: receiver.url, webhookSecret: SECRET, ...options });
  return {
    receiver,
    mock,
    create: async () => {
      const { body } = await post(`${mock.url}/v2/payout-links`, { amount: 1_000 });
      await mock.webhooks.settled();
      return String(body["id"]);
    },
    async move(id: string, ...moves: string[]) {
      for (const move of moves) await mock.move(id, move);
      await mock.webhooks.settled();
    },
    async [Symbol.asyncDispose]() {
      await mock.close();
      await receiver[Symbol.asyncDispose]();
    },
  };
}

describe("events", () => {
  it("report each move, in the published shape, with a valid signature", async () => {
    await using world = await setUp();
    const id = await world.create();
    await world.move(id, "claim");
    const bodies = world.receiver.received.map(({ body }) => body);
    const [sent, claimed, updated, flow] = bodies;
    expect(sent).toMatchObject({ id, amount: 1_000, status: "sent" });
    expect(sent).not.toHaveProperty("event");
    expect(claimed).toMatchObject({ id, status: "claimed", claimed_user_id: expect.any(String) });
    expect(updated).toEqual({ event: "payout_link.updated", payout_link_id: id });
    expect(flow).toEqual({ event: "flow.updated", flow_id: claimed?.["flow_id"] });
    expect(bodies.slice(4)).toMatchObject([
      { transfer_id: claimed?.["transfer_id"], transfer: { status: "completed", amount: 1_000 } },
      { event: "transfer.updated", transfer_id: claimed?.["transfer_id"] },
    ]);
    expect(new Set(world.receiver.received.map((received) => received.id)).size).toBe(bodies.length);
  });

  it("have the proposed shape on request", async () => {
    await using world = await setUp({ webhookShape: "proposed" });
    const id = await world.create();
    expect(world.receiver.received[0]?.body).toMatchObject({ event: "payout_link.sent", id, amount: 1_000 });
  });

  it.each(["published", "proposed"] as const)(
    "fit their schemas in a life with all moves: %s",
    async (webhookShape) => {
      await using world = await setUp({ webhookShape });
      const lives = [
        ["queue", "deliver", "claim", "payOut", "payOutInPart", "reverse"],
        ["bounce", "expire"],
      ];
      for (const moves of lives) await world.move(await world.create(), ...moves);
      const ach = await post(`${world.mock.url}/v2/payout-links`, { amount: 5, funding_source: "ach" });
      await world.move(String(ach.body["id"]), "fail");
      const payee = { country_code: "1", phone_number: "2025550139" };
      const request = await post(`${world.mock.url}/v2/payout-requests`, { amount: 5, payee });
      await world.move(String(request.body["id"]), "approve");
      const document = asDocument(bundled);
      const schemas = compileSchemas(document, createAjv(ajvOptions(document)));
      const events = new Map(listEvents(document).map((event) => [event.name, event]));
      const told = world.mock.webhooks.deliveries;
      expect(new Set(told.map(({ event }) => event)).size).toBeGreaterThan(7);
      for (const { event, body } of told) {
        const schema = events.get(event)?.request.requestBody?.content[0]?.schema ?? "";
        expect([event, body, schemas.at(schema)(JSON.parse(body))]).toEqual([event, body, true]);
      }
    },
  );

  it("are not sent when a key returns its first answer again", async () => {
    await using world = await setUp();
    const body = { amount: 5, idempotency_key: "6d1c9a7e-0f5b-4c38-bb1d-2a9f0e7c4d51" };
    for (let times = 0; times < 3; times += 1) await post(`${world.mock.url}/v2/payout-links`, body);
    await world.mock.webhooks.settled();
    expect(world.receiver.received).toHaveLength(1);
  });
});

describe("a delivery that is not accepted", () => {
  it("is repeated on schedule, with the same ID, by the mock's clock", async () => {
    await using world = await setUp();
    world.receiver.answers.push(500, 302, 404);
    await world.create();
    const state = () => world.mock.webhooks.deliveries[0]?.state;
    expect([world.receiver.received.length, state()]).toEqual([1, "waiting"]);
    for (const [pause, count] of [
      ["4s", 1],
      ["2s", 2],
      ["4m", 2],
      ["2m", 3],
      ["31m", 4],
    ] as const) {
      world.mock.clock.advance(pause);
      await world.mock.webhooks.settled();
      expect([pause, world.receiver.received.length]).toEqual([pause, count]);
    }
    expect(state()).toBe("delivered");
    expect(new Set(world.receiver.received.map(({ id }) => id)).size).toBe(1);
    expect(world.mock.webhooks.deliveries[0]?.attempts.map(({ status }) => status)).toEqual([
      500, 302, 404, 204,
    ]);
  });

  it("is given up after eight attempts, and can be sent again", async () => {
    await using world = await setUp();
    world.receiver.answers.push(...Array.from({ length: 8 }, () => 500));
    await world.create();
    for (let days = 0; days < 9; days += 1) {
      world.mock.clock.advance("10h");
      await world.mock.webhooks.settled();
    }
    const [failed] = world.mock.webhooks.deliveries;
    expect([failed?.attempts.length, failed?.state]).toEqual([8, "failed"]);
    const again = await world.mock.webhooks.sendAgain(failed?.id ?? "");
    expect([again.state, world.receiver.received.at(-1)?.id]).toEqual(["delivered", failed?.id]);
  });

  it("reports the error if nothing listens", async () => {
    await using world = await setUp({ webhookUrl: "http://127.0.0.1:9" });
    await world.create();
    expect(world.mock.webhooks.deliveries[0]?.attempts[0]?.problem).toMatch(/did not answer/);
  });
});

describe("events that are held back", () => {
  it("can be sent in the wrong order and several times", async () => {
    await using world = await setUp();
    const { webhooks } = world.mock;
    webhooks.hold();
    const id = await world.create();
    await world.move(id, "expire");
    expect(world.receiver.received).toEqual([]);
    const ids = webhooks.deliveries.map((delivery) => delivery.id);
    webhooks.release({ reversed: true, times: 2 });
    await webhooks.settled();
    expect(world.receiver.received.map((received) => received.id)).toEqual(
      ids.toReversed().flatMap((each) => [each, each]),
    );
  });
});

describe("over HTTP", () => {
  it("deliveries are listed, and can be sent again", async () => {
    await using world = await setUp();
    await world.create();
    const own = (method: string, path: string, body?: string) =>
      send(method, `${world.mock.url}/__mock/deliveries${path}`, {}, body);
    const [delivery] = JSON.parse((await own("GET", "")).text);
    expect(delivery).toMatchObject({ event: "payout_link.sent", state: "delivered" });
    expect((await own("POST", `/${delivery.id}/send`)).body["attempts"]).toHaveLength(2);
    expect((await own("POST", "/none/send")).status).toBe(404);
    expect((await own("POST", "/hold")).status).toBe(204);
    expect((await own("POST", "/release", '{"times":0}')).status).toBe(400);
    expect((await own("POST", "/release", '{"reversed":true}')).status).toBe(204);
  });

  it("a mock without a receiver says that it has none", async () => {
    await using mock = await startMock();
    expect((await send("POST", `${mock.url}/__mock/deliveries/hold`)).status).toBe(409);
  });
});

describe("an invalid receiver", () => {
  it.each<[MockOptions, RegExp]>([
    [{ webhookUrl: "http://127.0.0.1:1" }, /must be given together/],
    [{ webhookUrl: "ftp://x", webhookSecret: SECRET }, /http or https/],
    [{ webhookUrl: "http://127.0.0.1:1", webhookSecret: "geheim" }, /^(?!.*geheim).*whsec_/],
  ])("is refused: %j", async (options, problem) => {
    await expect(startMock(options)).rejects.toThrow(problem);
  });
});
