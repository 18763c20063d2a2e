import { describe, expect, it } from "vitest";
import { accountMark, type Dots } from "../../src/index.ts";
import { client, failure, LINK, PAYEE } from "../client.ts";
import { lost, openLedger, status } from "../ledger.ts";
import { json, serve } from "../server.ts";

const BODY = { amount: 1000, payee: PAYEE };
const PATH = "/v2/payouts/send-payout";
const LINK_PATH = "/v2/payout-links/{payout_link_id}";

/** Asks for JSON to be read as something else. */
function readForm({ http }: Dots): PromiseLike<unknown> {
  // @ts-expect-error openapi-fetch knows it, but not its types
  return http.POST(PATH, { body: BODY, parseAs: "formData" });
}

describe("a request by path that fails after it was carried out", () => {
  it.each<[string, (dots: Dots) => PromiseLike<unknown>]>([
    [
      "in a middleware",
      (dots) => {
        const logger = {
          onResponse: (): never => {
            dots.http.eject(logger);
            throw new Error("the log is down");
          },
        };
        dots.http.use(logger);
        return dots.http.POST(PATH, { body: BODY });
      },
    ],
    ["as another type than it has", readForm],
  ])("can be continued: %s", async (_, fail) => {
    const { url, payouts } = await openLedger();
    const dots = client(url);
    const error = await failure(fail(dots));
    expect(error).toMatchObject({
      outcome: "unknown",
      idempotencyKey: payouts[0]?.key,
      firstSentAt: expect.any(String),
      account: await accountMark(dots),
      attempts: 1,
    });
    for (const earlier of [error, JSON.parse(JSON.stringify(error))]) {
      const { data } = await dots.http.POST(PATH, { body: BODY, continue: earlier });
      expect(data?.id).toBe(payouts[0]?.id);
    }
    expect(payouts).toHaveLength(1);
  });

  it("takes no error of another call, which a middleware made, for its own", async () => {
    const { url, fates, payouts } = await openLedger();
    const dots = client(url, { maxRetries: 0 });
    const audit = {
      onResponse: async (): Promise<undefined> => {
        dots.http.eject(audit);
        fates.push(status(429));
        await dots.payouts.send({ ...BODY, amount: 1 });
      },
    };
    dots.http.use(audit);
    const error = await failure(dots.http.POST(PATH, { body: BODY }));
    expect(error).toMatchObject({
      name: "ConfigurationError",
      outcome: "unknown",
      idempotencyKey: payouts[0]?.key,
      account: await accountMark(dots),
    });
    await dots.http.POST(PATH, { body: BODY, continue: error });
    expect(payouts).toHaveLength(1);
  });

  it("says how often it was sent", async () => {
    const { url, fates } = await openLedger();
    fates.push(lost, status(503));
    const dots = client(url);
    const error = await failure(readForm(dots));
    expect(error).toMatchObject({ outcome: "unknown", attempts: 3 });
  });
});

it("options whose reading fails are no reason for another error", async () => {
  const { url, seen } = await serve(json(200, LINK));
  const fail = (): never => {
    throw new Error("no such option");
  };
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const options = {
    body: BODY,
    get params() {
      return fail();
    },
  };
  for (const init of [options, proxy]) {
    // @ts-expect-error the types do not know it
    expect(await failure(client(url).http.POST(PATH, init))).toMatchObject({
      outcome: "unknown",
      attempts: 0,
    });
  }
  expect(seen).toEqual([]);
});

describe("a middleware that sends a request again", () => {
  it.each([
    ["whose answer was lost", lost],
    ["that was carried out", { paid: true }],
  ])("does not make a refusal proof: %s", async (_, fate) => {
    const { url, fates, payouts, bodies } = await openLedger();
    fates.push(fate, status(429));
    const dots = client(url, { maxRetries: 0 });
    let copy: Request | undefined;
    dots.http.use({
      onRequest({ request }) {
        copy = request.clone();
      },
      onError: ({ options, request }) => options.fetch(copy ?? request),
      onResponse: ({ options, request }) => options.fetch(copy ?? request),
    });
    const error = await failure(dots.http.POST(PATH, { body: BODY }));
    expect(error).toMatchObject({ name: "RateLimitError", outcome: "unknown", attempts: 2 });
    expect(payouts).toHaveLength(1);
    expect(bodies[1]).toBe(bodies[0]);
    const { data } = await client(url).http.POST(PATH, { body: BODY, continue: error });
    expect(data?.id).toBe(payouts[0]?.id);
  });

  it("sends the same bytes, or nothing", async () => {
    const { url, fates, bodies } = await openLedger();
    fates.push(lost);
    const dots = client(url, { maxRetries: 0 });
    let copy: Request | undefined;
    dots.http.use({
      async onRequest({ request }) {
        const text = await request.clone().text();
        copy = new Request(request, { body: text.replace("1000", "9000") });
      },
      onError: ({ options, request }) => options.fetch(copy ?? request),
    });
    const error = await failure(dots.http.POST(PATH, { body: BODY }));
    expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "unknown" });
    expect(bodies).toHaveLength(1);
  });
});

describe("a middleware that sends a request twice", () => {
  it("at the same time, hears of the second what came of the first", async () => {
    const { url, fates, payouts, bodies } = await openLedger();
    fates.push(lost, status(429));
    const dots = client(url, { maxRetries: 0 });
    dots.http.use({
      async onRequest({ options, request }) {
        const both = [request.clone(), request.clone()].map((copy) => options.fetch(copy));
        const [, second] = await Promise.allSettled(both);
        if (second?.status === "rejected") throw second.reason;
      },
    });
    const error = await failure(dots.http.POST(PATH, { body: BODY }));
    expect(error).toMatchObject({ name: "RateLimitError", outcome: "unknown" });
    expect(payouts).toHaveLength(1);
    expect(bodies[1]).toBe(bodies[0]);
  });

  it("and fails with the first refusal, does not say that nothing was carried out", async () => {
    const { url, fates, payouts } = await openLedger();
    fates.push(status(429));
    const dots = client(url, { maxRetries: 0 });
    dots.http.use({
      async onRequest({ options, request }) {
        const again = request.clone();
        await options.fetch(request).catch(async (refusal) => {
          await options.fetch(again);
          throw refusal;
        });
      },
    });
    const error = await failure(dots.http.POST(PATH, { body: BODY }));
    expect(error).toMatchObject({ outcome: "unknown", idempotencyKey: payouts[0]?.key });
    expect(error.message).toContain("429");
  });

  it("and fails with the first refusal while the second is on its way, does not either", async () => {
    const { url, fates, payouts } = await openLedger();
    fates.push(status(429));
    const dots = client(url, { maxRetries: 0 });
    let second: Promise<unknown> | undefined;
    dots.http.use({
      async onRequest({ options, request }) {
        const first = options.fetch(request.clone());
        second = options.fetch(request);
        await first;
      },
    });
    const error = await failure(dots.http.POST(PATH, { body: BODY }));
    expect(error).toMatchObject({ name: "ConfigurationError", outcome: "unknown" });
    await second;
    expect(error.idempotencyKey).toBe(payouts[0]?.key);
  });

  it("and fails before it hears of either, does not say that nothing was sent", async () => {
    const { url, payouts } = await openLedger();
    const dots = client(url);
    let sent: Promise<unknown> | undefined;
    dots.http.use({
      onRequest({ options, request }) {
        sent = options.fetch(request);
        throw new Error("the log is down");
      },
    });
    const error = await failure(dots.http.POST(PATH, { body: BODY }));
    expect(error).toMatchObject({ name: "ConfigurationError", outcome: "unknown" });
    await sent;
    expect(error.idempotencyKey).toBe(payouts[0]?.key);
  });
});

describe("a middleware that changes the body", () => {
  const change = {
    async onRequest({ request }: { request: Request }): Promise<Request> {
      const text = await request.text();
      return new Request(request, { body: text.replace("1000", "9000") });
    },
  };

  it("may do so with a new call", async () => {
    const { url, bodies } = await openLedger();
    const dots = client(url);
    dots.http.use(change);
    const { data, response } = await dots.http.POST(PATH, { body: BODY });
    expect(JSON.parse(bodies[0] ?? "")).toMatchObject({ amount: 9000 });
    expect(data).toMatchObject({ amount: 9000 });
    expect(response.status).toBe(201);
    expect(response.headers.get("content-type")).toBe("application/json");
  });

  it.each(["rejected", "not_sent"])(
    "may not with a call that is continued, whose outcome was %s",
    async (outcome) => {
      const { url, fates, bodies } = await openLedger();
      fates.push(status(429));
      const refused = await failure(client(url, { maxRetries: 0 }).payouts.send(BODY));
      const dots = client(url);
      dots.http.use(change);
      const earlier = { ...JSON.parse(JSON.stringify(refused)), requestBody: refused.requestBody, outcome };
      const error = await failure(dots.http.POST(PATH, { body: BODY, continue: earlier }));
      expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "unknown" });
      expect(error.message).toContain("the body differs from the one that was sent");
      expect(bodies).toHaveLength(1);
    },
  );
});

describe("a path whose parameter is missing", () => {
  const calls: readonly (readonly [string, (dots: Dots, payout_link_id: string) => PromiseLike<unknown>])[] =
    [
      ["GET", ({ http }, payout_link_id) => http.GET(LINK_PATH, { params: { path: { payout_link_id } } })],
      [
        "DELETE",
        ({ http }, payout_link_id) => http.DELETE(LINK_PATH, { params: { path: { payout_link_id } } }),
      ],
      [
        "POST",
        ({ http }, payout_link_id) =>
          http.POST(`${LINK_PATH}/redeliver`, { params: { path: { payout_link_id } } }),
      ],
    ];

  it.each(calls)("is not sent: %s", async (_, call) => {
    const { url, seen } = await serve(json(200, LINK));
    for (const id of ["", ".", ".."]) {
      const error = await failure(call(client(url), id));
      expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "not_sent" });
      expect(error.message).toContain("payout_link_id is missing");
    }
    expect(seen).toEqual([]);
  });

  it("is not sent as the template", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const { http } = client(url);
    for (const init of [{}, { params: {} }, { params: { path: {} } }, { params: { path: null } }]) {
      // @ts-expect-error the types ask for it
      expect(await failure(http.DELETE(LINK_PATH, init))).toMatchObject({
        name: "InvalidRequestError",
        outcome: "not_sent",
      });
    }
    expect(seen).toEqual([]);
  });

  it("is that of something else for nobody: the parameter is sent as the methods send it", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const dots = client(url);
    for (const id of ["%2e%2e", "a/b", "..%2f", "é", "a?b#c", "..;", "a.b~!*'()"]) {
      seen.length = 0;
      await dots.payoutLinks.cancel(id);
      await dots.http.DELETE(LINK_PATH, { params: { path: { payout_link_id: id } } });
      expect(seen[1]?.url).toBe(seen[0]?.url);
    }
  });

  it("may be made by a function of the caller's", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const pathSerializer = (): string => `${url}/v2/payout-links/7`;
    await client(url).http.GET(LINK_PATH, { params: { path: { payout_link_id: "" } }, pathSerializer });
    expect(seen[0]?.url).toBe("/v2/payout-links/7");
  });
});
