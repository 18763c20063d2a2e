import nock from "nock";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { failure } from "../client.ts";
import { BODY, expectPayout, MADE, sandbox } from "./payout.ts";

const URL = "https://pls.senddotssandbox.com";
const PATH = "/api/v2/payouts/send-payout";

beforeAll(() => {
  nock.disableNetConnect();
  if (!nock.isActive()) nock.activate();
});
afterEach(() => nock.cleanAll());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

describe("nock", () => {
  it("sees the whole request", async () => {
    let seen: unknown;
    nock(URL)
      .post(PATH, (body) => {
        seen = body;
        return true;
      })
      .basicAuth({ user: "id", pass: "key" })
      .times(2)
      .reply(201, MADE);
    expect(await sandbox().payouts.send(BODY)).toEqual(MADE);
    expectPayout(seen);
    expect((await sandbox().http.POST("/v2/payouts/send-payout", { body: BODY })).data).toEqual(MADE);
  });

  it("can fail, and the call is repeated with the same key", async () => {
    const bodies: unknown[] = [];
    const take = (body: unknown): boolean => bodies.push(body) > 0;
    nock(URL).post(PATH, take).reply(503).post(PATH, take).reply(201, MADE);
    const { attempts } = await sandbox().payouts.send(BODY).withResponse();
    expect(attempts).toBe(2);
    expect(bodies[1]).toEqual(bodies[0]);
  });

  it("can break the connection, which leaves the outcome open", async () => {
    nock(URL)
      .post(PATH)
      .times(3)
      .replyWithError(Object.assign(new Error("refused"), { code: "ECONNREFUSED" }));
    expect(await failure(sandbox().payouts.send(BODY))).toMatchObject({ outcome: "unknown", attempts: 3 });
  });

  it("refuses what it does not know", async () => {
    const error = await failure(sandbox().payouts.send(BODY, { maxRetries: 0 }));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown" });
  });
});
