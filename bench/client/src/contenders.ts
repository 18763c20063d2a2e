import { Dots } from "@dots-payouts/client";
import { undiciFetch } from "@dots-payouts/client/undici";
import { createClient as createHeyApi } from "@hey-api/client-fetch";
import ky from "ky";
import { ofetch } from "ofetch";
import createOpenApiFetch from "openapi-fetch";
import Stripe from "stripe";

/** Creates one payout link, and parses the response as JSON. */
export type Contender = () => Promise<unknown>;

const PATH = "/v2/payout-links";
const BODY = {
  amount: 1000,
  delivery: { method: "link" },
  idempotency_key: "5f0c8f3a-8f0e-4e0b-9a57-2f6f1f8f7c11",
} as const;

interface Paths {
  [PATH]: {
    post: {
      requestBody: { content: { "application/json": typeof BODY } };
      responses: { 200: { content: { "application/json": { id: string } } } };
    };
  };
}

/** The same call with each library, as its documentation shows it. */
export function contenders(port: number): Readonly<Record<string, Contender>> {
  const baseUrl = `http://127.0.0.1:${port}`;
  const url = baseUrl + PATH;
  const authorization = `Basic ${btoa("client:key")}`;
  const headers = { authorization, "content-type": "application/json" };

  const dots = new Dots({ baseUrl, clientId: "client", apiKey: "key" });
  const dotsByUndici = new Dots({ baseUrl, clientId: "client", apiKey: "key", fetch: undiciFetch() });
  const openApiFetch = createOpenApiFetch<Paths>({ baseUrl, headers: { authorization } });
  const heyApi = createHeyApi({ baseUrl, headers: { authorization } });
  const stripe = new Stripe("sk_test_key", { host: "127.0.0.1", port, protocol: "http", telemetry: false });

  return {
    fetch: async () => {
      const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(BODY) });
      return response.json();
    },
    dots: () => dots.payoutLinks.create(BODY),
    "dots, undici": () => dotsByUndici.payoutLinks.create(BODY),
    "dots.http": () => dots.http.POST("/v2/payout-links", { body: BODY }),
    "openapi-fetch": () => openApiFetch.POST(PATH, { body: BODY }),
    "hey-api": () => heyApi.post({ url: PATH, body: BODY, headers: { "content-type": "application/json" } }),
    ky: () => ky.post(url, { json: BODY, headers: { authorization } }).json(),
    ofetch: () => ofetch(url, { method: "POST", body: BODY, headers: { authorization } }),
    stripe: () => stripe.paymentIntents.create({ amount: 1000, currency: "usd" }),
  };
}
