import { describe, expect, it, onTestFinished, vi } from "vitest";
import {
  type DeliveryStore,
  WebhookError,
  type WebhookEvent,
  type WebhookHandlerOptions,
  webhookHandler,
} from "../../src/webhooks/index.ts";
import { thrown } from "../client.ts";
import { OTHER_SECRET, SECRET, signed } from "./sign.ts";

const BODY = '{"event":"transfer.completed","transfer_id":"5a9e31c7-d840-4b62-97f5-c1e6b0d4a823"}';

/** A handler that notes what happens. */
function handler(options: Partial<WebhookHandlerOptions> = {}) {
  const events: WebhookEvent[] = [];
  const errors: unknown[] = [];
  const handle = webhookHandler({
    secret: SECRET,
    onEvent: (event) => events.push(event),
    onError: (error) => errors.push(error),
    ...options,
  });
  return { events, errors, handle };
}

function post(body: string | ReadableStream = BODY, headers: Record<string, string> = signed(BODY)): Request {
  return new Request("https://example.com/hooks", { method: "POST", body, headers, duplex: "half" });
}

/** A body that arrives in pieces, whose length nobody says. */
function inPieces(length: number, onCancel = (): void => {}): ReadableStream<Uint8Array> {
  let left = length;
  return new ReadableStream({
    pull(controller) {
      if (left <= 0) return controller.close();
      controller.enqueue(new Uint8Array(Math.min(left, 1000)).fill(0x20));
      left -= 1000;
    },
    cancel: onCancel,
  });
}

describe("the handler of webhooks", () => {
  it("answers 204 after the event was handled", async () => {
    const steps: string[] = [];
    const { handle } = handler({
      onEvent: async ({ event, resource }, request) => {
        await new Promise((resolve) => setImmediate(resolve));
        steps.push(`${event} ${resource?.kind} ${new URL(request.url).pathname}`);
      },
    });
    const response = await handle(post());
    steps.push(String(response.status));
    expect(steps).toEqual(["transfer.completed transfer /hooks", "204"]);
    expect(await response.text()).toBe("");
  });

  it.each<[string, Request, number, string | undefined]>([
    ["a forged signature", post(BODY, signed(BODY, { secret: OTHER_SECRET })), 400, "signature"],
    ["an old webhook", post(BODY, signed(BODY, { at: 1_614_265_330 })), 400, "timestamp"],
    ["an unsigned request", post(BODY, {}), 400, "headers"],
    ["what is not JSON", post("no", signed("no")), 400, "body"],
    ["an empty body", post("", signed("")), 400, "body"],
    ["a long body", post("x".repeat(3 * 2 ** 20)), 413, "size"],
    ["a body that says it is long", post("x", { "content-length": "99999999" }), 413, "size"],
    ["a body without a length that gets long", post(inPieces(3_000_000)), 413, "size"],
    ["another method", new Request("https://example.com/hooks"), 405, undefined],
  ])("refuses %s", async (_, request, status, reason) => {
    const { handle, events, errors } = handler();
    const response = await handle(request);
    expect([response.status, errors.map((error) => WebhookError.is(error) && error.reason), events]).toEqual([
      status,
      reason === undefined ? [] : [reason],
      [],
    ]);
    expect(await response.text()).not.toBe("");
  });

  it("takes a body of more than a megabyte, in pieces", async () => {
    const { handle, events } = handler();
    const body = JSON.stringify({ metadata: "ü".repeat(700_000) });
    const { body: stream } = new Response(body);
    const response = await handle(post(stream ?? "", signed(body)));
    expect([response.status, events[0]?.body]).toEqual([204, JSON.parse(body)]);
  });

  it("stops reading when a body is too long", async () => {
    const cancelled = vi.fn();
    const { handle } = handler({ maxBytes: 2_500 });
    expect((await handle(post(inPieces(1e9, cancelled)))).status).toBe(413);
    expect(cancelled).toHaveBeenCalledOnce();
    expect((await handle(post(BODY))).status).toBe(204);
  });

  it("answers 408 where the body does not end, and stops reading", async () => {
    const cancelled = vi.fn();
    const { handle, errors } = handler({ bodyTimeout: 20 });
    const silent = new ReadableStream({ cancel: cancelled });
    const drops = new ReadableStream({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        controller.enqueue(new Uint8Array(1));
      },
      cancel: cancelled,
    });
    for (const body of [silent, drops]) expect((await handle(post(body))).status).toBe(408);
    expect(cancelled).toHaveBeenCalledTimes(2);
    expect(errors).toMatchObject([{ reason: "time" }, { reason: "time" }]);
    expect(String(errors[0])).toContain("did not arrive in 0.02 seconds");
  });

  it("answers 400 where the body breaks off", async () => {
    const { handle, errors } = handler();
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("reset")) });
    expect((await handle(post(broken))).status).toBe(400);
    expect(errors).toMatchObject([{ reason: "body" }]);
  });

  it("answers 500 where the body was read before, and says what to do", async () => {
    const { handle, errors } = handler();
    const request = post();
    await request.json();
    expect((await handle(request)).status).toBe(500);
    expect(errors).toMatchObject([{ reason: "setup", message: expect.stringContaining("before anything") }]);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("database password hunter2");
      },
    ],
    ["rejects", () => Promise.reject("no database")],
  ])("answers 500 where handling %s, so that the event comes again", async (_, onEvent) => {
    const { handle, errors } = handler({ onEvent });
    const response = await handle(post());
    expect(response.status).toBe(500);
    expect(await response.text()).toBe("The webhook could not be handled.");
    expect(errors).toHaveLength(1);
  });

  it("logs its own failures, but not what strangers send", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    try {
      const failure = new Error("no database");
      const handle = webhookHandler({ secret: SECRET, onEvent: () => Promise.reject(failure) });
      await handle(post(BODY, {}));
      expect(log).not.toHaveBeenCalled();
      await handle(post());
      expect(log.mock.calls).toEqual([[failure]]);
      const broken = new Error("the logger is broken");
      const other = handler({
        onError: () => {
          throw broken;
        },
      });
      expect((await other.handle(post(BODY, {}))).status).toBe(400);
      expect(log.mock.calls).toEqual([[failure], [broken]]);
    } finally {
      log.mockRestore();
    }
  });

  it("waits for what hears of a failure, and survives it", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    onTestFinished(() => {
      log.mockRestore();
      process.off("unhandledRejection", unhandled);
    });
    const broken = new Error("the log is down");
    const { handle } = handler({
      onError: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        throw broken;
      },
    });
    expect((await handle(post(BODY, {}))).status).toBe(400);
    expect(log.mock.calls).toEqual([[broken]]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).not.toHaveBeenCalled();
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 0, -1, 2 ** 53, "100", null])(
    "refuses to start with a limit that cannot be kept: %s",
    (limit) => {
      for (const name of ["maxBytes", "bodyTimeout"]) {
        expect(thrown(() => handler({ [name]: limit }))).toMatchObject({
          reason: "setup",
          message: expect.stringContaining(`${name} has to be a number from 1 to `),
        });
      }
    },
  );

  it("takes the longest time that a timer can wait, and no longer one", async () => {
    expect(thrown(() => handler({ bodyTimeout: 2 ** 31 }))).toMatchObject({ reason: "setup" });
    const { handle } = handler({ bodyTimeout: 2 ** 31 - 1 });
    const body = new ReadableStream({
      async start(controller) {
        await new Promise((resolve) => setImmediate(resolve));
        controller.enqueue(new TextEncoder().encode(BODY));
        controller.close();
      },
    });
    expect((await handle(post(body))).status).toBe(204);
  });

  it("refuses to start with a secret that cannot be one", () => {
    for (const secret of ["", [], "whsec_!"]) {
      expect(thrown(() => handler({ secret }))).toMatchObject({ reason: "setup" });
    }
  });

  it("asks for the secret when a request comes, where it is a function", async () => {
    let secret: string | string[] = "";
    const { handle, events } = handler({ secret: async () => secret });
    expect((await handle(post())).status).toBe(500);
    secret = [OTHER_SECRET, SECRET];
    expect((await handle(post())).status).toBe(204);
    expect(events).toHaveLength(1);
  });
});

describe("repeats", () => {
  function memory(): DeliveryStore & { ids: Set<string> } {
    const ids = new Set<string>();
    return { ids, has: async (id) => ids.has(id), add: async (id) => void ids.add(id) };
  }

  it("are handled each time without a store", async () => {
    const { handle, events } = handler();
    for (const _ of [1, 2]) expect((await handle(post())).status).toBe(204);
    expect(events.map(({ deliveryId }) => deliveryId)).toEqual(Array(2).fill(signed(BODY)["svix-id"]));
  });

  it("are dropped by the ID of the delivery, also signed again", async () => {
    const { handle, events } = handler({ seen: memory() });
    const at = Math.floor(Date.now() / 1000) - 100;
    for (const how of [{}, { at }, { prefix: "webhook" as const }, { id: "msg_2" }]) {
      expect((await handle(post(BODY, signed(BODY, how)))).status).toBe(204);
    }
    expect(events.map(({ deliveryId }) => deliveryId)).toEqual([signed(BODY)["svix-id"], "msg_2"]);
  });

  it("are handled where the first time failed", async () => {
    const seen = memory();
    const { handle } = handler({ seen, onEvent: () => Promise.reject(new Error("later")) });
    expect((await handle(post())).status).toBe(500);
    expect(seen.ids.size).toBe(0);
    const again = handler({ seen });
    expect((await again.handle(post())).status).toBe(204);
    expect(again.events).toHaveLength(1);
  });

  it("have to wait while the first is handled", async () => {
    let finish = (): void => {};
    const onEvent = vi.fn(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    const { handle } = handler({ seen: memory(), onEvent });
    const first = handle(post());
    await vi.waitFor(() => expect(onEvent).toHaveBeenCalled());
    expect((await handle(post())).status).toBe(503);
    finish();
    expect((await first).status).toBe(204);
    expect((await handle(post())).status).toBe(204);
    expect(onEvent).toHaveBeenCalledOnce();
  });

  it("do not wait for ever for one that hangs", async () => {
    let now = 5_000;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
    onTestFinished(() => clock.mockRestore());
    const runs: (() => void)[] = [];
    const onEvent = () => new Promise<void>((resolve) => runs.push(resolve));
    const { handle } = handler({ seen: memory(), onEvent });
    const hanging = handle(post());
    await vi.waitFor(() => expect(runs).toHaveLength(1));
    now += 59_999;
    expect((await handle(post())).status).toBe(503);
    now += 1;
    const second = handle(post());
    await vi.waitFor(() => expect(runs).toHaveLength(2));
    // The first one ends after all. The second one is still under way.
    runs[0]?.();
    expect((await hanging).status).toBe(204);
    expect((await handle(post())).status).toBe(503);
    runs[1]?.();
    expect((await second).status).toBe(204);
    expect((await handle(post())).status).toBe(204);
    expect(runs).toHaveLength(2);
  });

  it.each(["has", "add"] as const)("come again where the store fails at %s", async (call) => {
    const broken = { ...memory(), [call]: () => Promise.reject(new Error("away")) };
    const { handle, events } = handler({ seen: broken });
    expect((await handle(post())).status).toBe(500);
    expect(events).toHaveLength(call === "add" ? 1 : 0);
  });

  it("do not count what is not signed", async () => {
    const seen = memory();
    const { handle } = handler({ seen });
    expect((await handle(post(BODY, signed(BODY, { secret: OTHER_SECRET })))).status).toBe(400);
    expect((await handle(post())).status).toBe(204);
    expect([...seen.ids]).toEqual([signed(BODY)["svix-id"]]);
  });
});
