import * as undici from "undici";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DotsOptions } from "../../src/index.ts";
import { undiciFetch } from "../../src/undici/index.ts";
import { failure } from "../client.ts";
import { BODY, expectPayout, MADE, sandbox } from "./payout.ts";

const ORIGIN = "https://pls.senddotssandbox.com";
const PATH = "/api/v2/payouts/send-payout";
// What undici.install() replaces.
const { fetch, Headers, Response, Request, FormData, WebSocket, CloseEvent, MessageEvent, EventSource } =
  globalThis;
const own = { fetch, Headers, Response, Request, FormData, WebSocket, CloseEvent, MessageEvent, EventSource };
const ownDispatcher = undici.getGlobalDispatcher();
let agent = new undici.MockAgent();

beforeEach(() => {
  agent = new undici.MockAgent();
  agent.disableNetConnect();
  undici.setGlobalDispatcher(agent);
});
afterEach(async () => {
  undici.setGlobalDispatcher(ownDispatcher);
  Object.assign(globalThis, own);
  await agent.close();
});

/** How a program may send by undici. */
const WAYS: readonly { name: string; options: () => Partial<DotsOptions>; seesText?: boolean }[] = [
  { name: "the global fetch, by its global dispatcher", options: () => ({}), seesText: false },
  { name: "undiciFetch, by the global dispatcher", options: () => ({ fetch: undiciFetch() }) },
  { name: "undiciFetch, by its own dispatcher", options: () => ({ fetch: undiciFetch(agent) }) },
  {
    name: "undici's fetch as the global one",
    options: () => {
      Object.assign(globalThis, { fetch: undici.fetch });
      return {};
    },
  },
  {
    name: "undici.install()",
    options: () => {
      undici.install();
      return {};
    },
  },
];

describe.each(WAYS)("undici's MockAgent: $name", ({ options, seesText = true }) => {
  it("sees the whole request", async () => {
    let seen: unknown;
    const body = (given: unknown): boolean => {
      seen = given;
      return true;
    };
    agent.get(ORIGIN).intercept({ path: PATH, method: "POST", body }).reply(201, MADE).times(2);
    expect(await sandbox(options()).payouts.send(BODY)).toEqual(MADE);
    // Node's own fetch hands it over as a stream, which a test double cannot read.
    if (seesText) expectPayout(seen);
    const { data } = await sandbox(options()).http.POST("/v2/payouts/send-payout", { body: BODY });
    expect(data).toEqual(MADE);
  });

  it("can fail, which leaves the outcome open, and the call is repeated", async () => {
    const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED", syscall: "connect" });
    agent.get(ORIGIN).intercept({ path: PATH, method: "POST" }).replyWithError(refused).times(3);
    const error = await failure(sandbox(options()).payouts.send(BODY));
    expect(error).toMatchObject({ name: "ConnectionError", attempts: 3 });
  });

  it("refuses what it does not know", async () => {
    const error = await failure(sandbox(options()).payouts.send(BODY, { maxRetries: 0 }));
    expect(error).toMatchObject({ name: "ConnectionError", attempts: 1 });
  });
});
