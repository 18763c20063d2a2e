import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { client, failure, LINK, PAYEE } from "../client.ts";
import { json, serve } from "../server.ts";

const BODY = { amount: 1000, payee: PAYEE };
const KEY = "5f0c8f3a-8f0e-4e0b-9a57-2f6f1f8f7c11";

describe("an option that does not exist", () => {
  it.each(["idempotencykey", "idempotency_key", "keyIsnew", "timeOut", "Signal", "firstSendAt", "toString"])(
    "ends a call before anything is sent: %s",
    async (name) => {
      const { url, seen } = await serve(json(200, LINK));
      const error = await failure(client(url).payouts.send(BODY, { [name]: KEY }));
      expect(error).toMatchObject({ name: "InvalidRequestError", attempts: 0 });
      expect(error.message).toContain(`there is no option ${name}`);
      // It may have been the key of an earlier call.
      expect(error.outcome).toBe("unknown");
      expect(seen).toEqual([]);
    },
  );

  it("ends a call by path if it looks like one that exists, since others are those of fetch", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const { http } = client(url);
    for (const name of ["idempotencykey", "idempotency_key", "keyIsnew", "timeOut"]) {
      const error = await failure(http.POST("/v2/payouts/send-payout", { body: BODY, [name]: KEY }));
      expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "unknown", attempts: 0 });
    }
    expect(seen).toEqual([]);
    await http.POST("/v2/payouts/send-payout", { body: BODY, keepalive: true, next: {}, parseAs: "json" });
    expect(seen).toHaveLength(1);
  });

  it("of a call without a key says that nothing was sent", async () => {
    const error = await failure(
      client("https://api.example.com").payoutLinks.retrieve("1", { timeOut: 1 } as object),
    );
    expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "not_sent" });
  });

  it.each(["fetchsendsonce", "timeOut", "idempotencyKey", "signal"])("makes no client: %s", (name) => {
    expect(() => client("https://api.example.com", { [name]: 1 })).toThrow(
      `there is no option ${name}. Nothing`,
    );
  });
});

describe("options that inherit something", () => {
  class Options {
    get continue(): object {
      return { idempotencyKey: KEY };
    }
  }

  it.each<[string, object]>([
    ["made from others", Object.create({ idempotencyKey: KEY })],
    ["made from others, with some added", Object.assign(Object.create({ continue: {} }), { timeout: 1000 })],
    ["of a class with getters", new Options()],
    ["a Map", new Map([["idempotencyKey", KEY]])],
    ["an AbortController", new AbortController()],
    ["a signal", AbortSignal.abort()],
  ])("end a call before anything is sent: %s", async (_, options) => {
    const { url, seen } = await serve(json(200, LINK));
    const { payouts, http } = client(url);
    const calls = [
      payouts.send(BODY, options),
      http.POST("/v2/payouts/send-payout", Object.setPrototypeOf({ body: BODY }, options)),
    ];
    for (const call of calls) {
      const error = await failure(call);
      expect(error.message).toContain("the options are not a plain object");
      // They may have held the key of an earlier call.
      expect(error).toMatchObject({ outcome: "unknown", attempts: 0 });
    }
    expect(seen).toEqual([]);
  });

  it("are fine without a prototype, and from another realm", async () => {
    const { url, seen } = await serve(json(200, LINK));
    await client(url).payouts.send(BODY, Object.assign(Object.create(null), { idempotencyKey: KEY }));
    await client(url).payouts.send(BODY, runInNewContext("({ maxRetries: 0 })"));
    expect(seen).toHaveLength(2);
  });
});
