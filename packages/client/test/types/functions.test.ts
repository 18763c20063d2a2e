import { expect, it } from "vitest";
import { createClient, createPayoutLink, createPayoutRequest } from "../../src/functions/index.ts";
import { DotsError } from "../../src/index.ts";
import { API_KEY, CLIENT_ID, failure, LINK, PAYEE } from "../client.ts";
import { json, serve } from "../server.ts";

it("a function does what its method does", async () => {
  const { url, seen } = await serve(json(503, {}), json(200, LINK));
  const api = createClient({ baseUrl: url, clientId: CLIENT_ID, apiKey: API_KEY, retryDelay: 1 });
  const { data, attempts } = await createPayoutLink(api, { amount: 1000 }).withResponse();
  expect([data, attempts]).toEqual([LINK, 2]);
  expect(seen.map((request) => `${request.method} ${request.url}`)).toEqual(
    Array(2).fill("POST /v2/payout-links"),
  );
  expect(seen[1]?.body).toBe(seen[0]?.body);
});

it("a function fails as its method does", async () => {
  const { url } = await serve(json(503, {}));
  const api = createClient({ baseUrl: url, clientId: CLIENT_ID, apiKey: API_KEY });
  const error = await failure(createPayoutRequest(api, { amount: 1000, payee: PAYEE }));
  expect(error).toBeInstanceOf(DotsError);
  expect(error).toMatchObject({ outcome: "unknown", attempts: 1, operation: "createPayoutRequest" });
});

it("a function takes only what its method takes", () => {
  const api = createClient({ baseUrl: "https://api.example.com", clientId: CLIENT_ID, apiKey: API_KEY });
  // @ts-expect-error a mistyped field
  const mistyped = () => createPayoutLink(api, { amount: 1000, idempotency_keys: "k" });
  // @ts-expect-error the operation takes no key
  const keyed = () => createPayoutRequest(api, { amount: 1000, payee: PAYEE }, { idempotencyKey: "k" });
  expect([mistyped, keyed]).toHaveLength(2);
});
