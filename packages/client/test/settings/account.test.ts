import { describe, expect, it } from "vitest";
import { createClient, sendPayout } from "../../src/functions/index.ts";
import { accountMark, DotsError, type KeyedCallOptions, type StoredCall } from "../../src/index.ts";
import { API_KEY, CLIENT_ID, client, failure, LINK, PAYEE } from "../client.ts";
import { lost, openLedger, status } from "../ledger.ts";
import { json, serve } from "../server.ts";

const BODY = { amount: 1000, payee: PAYEE };
const KEY = "5f0c8f3a-8f0e-4e0b-9a57-2f6f1f8f7c11";
const PATH = "/v2/payouts/send-payout";

/** Loses the answer to a payout of the app `one`, and gives its error. */
async function lostCall(options: KeyedCallOptions = { appId: "one" }) {
  const ledger = await openLedger();
  ledger.fates.push(lost);
  const error = await failure(client(ledger.url, { maxRetries: 0 }).payouts.send(BODY, options));
  expect(error).toMatchObject({ outcome: "unknown", account: expect.any(String) });
  return { ...ledger, error };
}

function expectRefused(error: DotsError, firstAccount: string | undefined): void {
  expect(error).toMatchObject({
    name: "InvalidRequestError",
    outcome: "unknown",
    account: firstAccount,
  });
  expect(error.message).toMatch(/the key was sent for .*, not for .* It may have been carried out: /);
}

describe("a call that is continued for another account, where its key may count again", () => {
  it.each<[string, Parameters<typeof client>[1], KeyedCallOptions]>([
    ["another app", {}, { appId: "two" }],
    ["another app, by the header", {}, { headers: { "api-app-id": "two" } }],
    ["another app of the client's", { appId: "two" }, {}],
    ["no app", {}, {}],
    ["another client ID", { clientId: "other" }, { appId: "one" }],
    ["another client ID, which is asked for", { clientId: async () => "other" }, { appId: "one" }],
  ])("is not sent: %s", async (_, clientOptions, options) => {
    const { url, bodies, error } = await lostCall();
    const dots = client(url, clientOptions);
    for (const earlier of [error, JSON.parse(JSON.stringify(error)), DotsError.from(JSON.stringify(error))]) {
      const refused = await failure(dots.payouts.send(BODY, { ...options, continue: earlier }));
      expectRefused(refused, error.account);
      // The refusal itself can be continued, by the right account.
      expect(refused.requestDigest ?? refused.requestBody).toBeDefined();
    }
    const { headers = {}, appId } = options;
    const byPath = dots.http.POST(PATH, { body: BODY, headers, appId, continue: error });
    expectRefused(await failure(byPath), error.account);
    expect(bodies).toHaveLength(1);
  });

  it("is not sent to another server", async () => {
    const { error } = await lostCall();
    const other = await openLedger();
    expectRefused(
      await failure(client(other.url).payouts.send(BODY, { appId: "one", continue: error })),
      error.account,
    );
    expect(other.bodies).toEqual([]);
  });

  it("is sent with the account of the first call, however that is given", async () => {
    const { url, payouts, error } = await lostCall();
    const calls = [
      client(url).payouts.send(BODY, { appId: "one", continue: error }),
      client(url, { appId: "one" }).payouts.send(BODY, { continue: JSON.parse(JSON.stringify(error)) }),
      client(url, { clientId: () => CLIENT_ID }).payouts.send(BODY, {
        headers: { "API-APP-ID": "one" },
        continue: error,
      }),
      client(`${url}/`).http.POST(PATH, { body: BODY, headers: { "api-app-id": "one" }, continue: error }),
      client(`${url}/`, { appId: "one" }).http.POST(PATH, { body: BODY, continue: error }),
    ];
    await Promise.all(calls);
    expect(payouts).toHaveLength(1);
  });

  it("is not sent either when nothing was sent before, as far as the error says", async () => {
    const { url, bodies } = await openLedger();
    const unsent = await failure(
      client(url).payouts.send(BODY, { appId: "one", signal: AbortSignal.abort() }),
    );
    expect(unsent.outcome).toBe("not_sent");
    const again = client(url).payouts.send(BODY, { appId: "two", continue: unsent });
    expectRefused(await failure(again), unsent.account);
    expect(bodies).toEqual([]);
    await client(url).payouts.send(BODY, { appId: "one", continue: unsent });
  });
});

describe("what a program stores before a call", () => {
  const stored = (account: string | undefined, outcome: StoredCall["outcome"] = "unknown"): StoredCall => ({
    operation: "sendPayout",
    key: KEY,
    body: BODY,
    firstSentAt: new Date(),
    outcome,
    account,
  });

  it("names the account, by the options that the call has", async () => {
    const { url, payouts, bodies } = await openLedger();
    const dots = client(url);
    const row = stored(await accountMark(dots, { appId: "one" }));
    const { account } = await dots.payouts
      .send(BODY, { appId: "one", idempotencyKey: KEY, keyIsNew: true })
      .withResponse();
    expect(row.account).toBe(account);
    await dots.payouts.send(BODY, { appId: "one", continue: row });
    expectRefused(await failure(dots.payouts.send(BODY, { appId: "two", continue: row })), account);
    const rejected = { ...row, outcome: "rejected" as const };
    expectRefused(await failure(dots.payouts.send(BODY, { continue: rejected })), account);
    expect([payouts.length, bodies.length]).toEqual([1, 2]);
  });

  it("is the same for a client of functions, and with an app of the client's own", async () => {
    const { url } = await openLedger();
    const options = { baseUrl: url, clientId: CLIENT_ID, apiKey: API_KEY, appId: "one" };
    const api = createClient(options);
    const account = await accountMark(api);
    expect(account).toBe(await accountMark(client(url), { appId: "one" }));
    await sendPayout(api, BODY, { continue: stored(account) });
  });

  it("cannot be continued without the account, if it may have been sent", async () => {
    const { url, bodies } = await openLedger();
    const error = await failure(client(url).payouts.send(BODY, { continue: stored(undefined) }));
    expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "unknown" });
    expect(error.message).toContain("account");
    expect(bodies).toEqual([]);
    await client(url).payouts.send(BODY, { continue: stored(undefined, "not_sent") });
    expect(bodies).toHaveLength(1);
  });

  it("holds no credential", async () => {
    const account = await accountMark(client("https://api.example.com"));
    for (const secret of [CLIENT_ID, API_KEY, btoa(API_KEY)]) expect(account).not.toContain(secret);
    expect(account).not.toBe(await accountMark(client("https://api.example.com", { clientId: "other" })));
  });
});

describe("a key that is passed on alone", () => {
  it("is one of the account that the call is for, even if nothing was sent", async () => {
    const { url, bodies } = await openLedger();
    const options = { idempotencyKey: KEY, firstSentAt: new Date(), appId: "one", deadline: 0 };
    const error = await failure(client(url).payouts.send(BODY, options));
    expect(error).toMatchObject({ outcome: "unknown", attempts: 0 });
    expectRefused(await failure(client(url).payouts.send(BODY, { continue: error })), error.account);
    expect(bodies).toEqual([]);
    await client(url).payouts.send(BODY, { appId: "one", continue: error });
  });

  it("cannot be continued where the account is not known yet", async () => {
    const { url, bodies } = await openLedger();
    const dots = client(url, { clientId: async () => CLIENT_ID });
    const error = await failure(dots.payouts.send(BODY, { idempotencyKey: KEY, deadline: 0 }));
    expect(error).toMatchObject({ outcome: "unknown", account: undefined });
    const again = await failure(dots.payouts.send(BODY, { continue: error }));
    expect(again).toMatchObject({ name: "InvalidRequestError", outcome: "unknown" });
    expect(again.message).toContain("lacks");
    expect(bodies).toEqual([]);
  });
});

it("an account that the caller names is the only one that a new key is sent for", async () => {
  const { url, bodies } = await openLedger();
  let tenant = "one";
  const dots = client(url, { clientId: () => tenant });
  const account = await accountMark(dots);
  tenant = "two";
  const error = await failure(
    dots.payouts.send(BODY, { idempotencyKey: crypto.randomUUID(), keyIsNew: true, account }),
  );
  expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "not_sent", account });
  expect(bodies).toEqual([]);
});

describe("an account that changes between the attempts of a call", () => {
  it("ends the call, if an earlier attempt may have been carried out", async () => {
    const { url, fates, payouts, bodies } = await openLedger();
    fates.push(lost);
    const ids = ["one", "two"];
    const dots = client(url, { clientId: () => ids.shift() ?? "two" });
    const error = await failure(dots.payouts.send(BODY));
    expectRefused(error, await accountMark(client(url, { clientId: "one" })));
    expect(error.attempts).toBe(2);
    expect([payouts.length, bodies.length]).toEqual([1, 1]);
  });

  it("changes nothing where the operation has no key", async () => {
    const { url, fates } = await openLedger();
    fates.push(status(429));
    const ids = ["one", "two"];
    await client(url, { clientId: () => ids.shift() ?? "two" }).payoutRequests.create(BODY);
  });
});

describe("dots.http", () => {
  it("says of each result how it was sent", async () => {
    const { url, seen } = await serve(json(503, {}), json(200, LINK));
    const dots = client(url, { appId: "one" });
    const before = Date.now();
    const { data, response, ...sent } = await dots.http.POST(PATH, { body: BODY });
    expect([data?.id, response.status]).toEqual([LINK.id, 200]);
    expect(sent).toEqual({
      idempotencyKey: JSON.parse(seen[0]?.body ?? "").idempotency_key,
      firstSentAt: expect.any(String),
      account: await accountMark(dots),
      attempts: 2,
    });
    expect(Date.parse(sent.firstSentAt ?? "")).toBeGreaterThanOrEqual(before);
    const query = { limit: 1 };
    const page = await dots.http.GET("/v2/payout-links", { params: { query } }).catch((error) => error);
    expect(page).toMatchObject({ name: "UnreadableAnswerError", idempotencyKey: undefined });
  });

  it("may name the app by a header, or a middleware may", async () => {
    const { url, payouts, bodies } = await openLedger();
    const dots = client(url);
    const headers = { "Api-App-Id": "one" };
    const unsent = await failure(dots.http.POST(PATH, { body: BODY, headers, deadline: 0 }));
    expect(unsent.outcome).toBe("not_sent");
    const { account, ...sent } = await dots.http.POST(PATH, { body: BODY, headers, continue: unsent });
    expect(account).toBe(await accountMark(dots, { appId: "one" }));
    const known = { idempotencyKey: sent.idempotencyKey, firstSentAt: sent.firstSentAt };
    await dots.http.POST(PATH, { body: BODY, headers, ...known });
    await dots.http.POST(PATH, { body: BODY, params: { header: headers }, ...known });
    dots.http.use({ onRequest: ({ request }) => request.headers.set("api-app-id", "two") });
    const other = {
      ...sent,
      operation: "sendPayout",
      account,
      key: sent.idempotencyKey ?? "",
      body: BODY,
      outcome: "unknown" as const,
    };
    expectRefused(await failure(dots.http.POST(PATH, { body: BODY, headers, continue: other })), account);
    expect([payouts.length, bodies.length]).toEqual([1, 3]);
  });

  it("says that nothing was sent, where a middleware answers itself", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const dots = client(url);
    dots.http.use({ onRequest: () => Response.json(LINK) });
    const result = await dots.http.POST(PATH, { body: BODY });
    expect(result).toMatchObject({ data: LINK, attempts: 0, firstSentAt: undefined });
    expect(seen).toEqual([]);
  });

  it("sends the options that are headers, so that a payout is not that of another app", async () => {
    const { url, seen } = await serve(json(200, LINK));
    await client(url).http.POST(PATH, { body: BODY, appId: "one", userIp: "192.0.2.1" });
    await client(url, { appId: "one" }).http.POST(PATH, { body: BODY, appId: "two" });
    expect(seen.map(({ headers }) => headers["api-app-id"])).toEqual(["one", "two"]);
    expect(seen[0]?.headers["dots-user-ip"]).toBe("192.0.2.1");
  });
});

it("a mark that is not available is a DotsError, and nothing was sent", async () => {
  const clientId = (): never => {
    throw new Error("the vault is closed");
  };
  const expected = { name: "ConfigurationError", outcome: "not_sent" };
  expect(await failure(accountMark(client("https://api.example.com", { clientId })))).toMatchObject(expected);
  const headers = { host: "other.example.com" };
  expect(await failure(accountMark(client("https://api.example.com"), { headers }))).toMatchObject(expected);
  // A call refuses them too: an app that is inherited would not be sent.
  const inherited = Object.create({ appId: "one" });
  expect(await failure(accountMark(client("https://api.example.com"), inherited))).toMatchObject(expected);
});
