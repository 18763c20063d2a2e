import { Dots } from "@dots-payouts/client";
import { type Mock, startMock } from "@dots-payouts/mock";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { POST } from "../webhooks-next/app/api/webhooks/route.ts";
import { runExample } from "./run-example.ts";
import { SECRET, signed } from "./signed.ts";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

/** An endpoint, and its output. */
interface Endpoint {
  post(headers: Record<string, string>, body: string): Promise<number>;
  printed(): string;
}

async function server(file: string): Promise<Endpoint> {
  const { url, printed } = await runExample(file, { DOTS_BASE_URL: mock.url, DOTS_WEBHOOK_SECRET: SECRET });
  return {
    post: async (headers, body) => (await fetch(`${url}/webhooks`, { method: "POST", headers, body })).status,
    printed,
  };
}

async function next(): Promise<Endpoint> {
  const env = {
    DOTS_BASE_URL: mock.url,
    DOTS_WEBHOOK_SECRET: SECRET,
    DOTS_CLIENT_ID: "client-id",
    DOTS_API_KEY: "api-key",
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => {
    vi.unstubAllEnvs();
    log.mockRestore();
    error.mockRestore();
  });
  return {
    post: async (headers, body) =>
      (await POST(new Request("https://example.com/api/webhooks", { method: "POST", headers, body }))).status,
    printed: () => log.mock.calls.flat().join("\n"),
  };
}

describe.each([
  ["Express", () => server("webhooks-express/server.ts")],
  ["Fastify", () => server("webhooks-fastify/server.ts")],
  ["Hono", () => server("webhooks-hono/server.ts")],
  ["Next", next],
])("the receiver for %s", (name, open) => {
  it("accepts a signed delivery, handles it once, and reads the payout link", async () => {
    const dots = new Dots({ baseUrl: mock.url, clientId: "client-id", apiKey: "api-key" });
    const { id } = await dots.payoutLinks.create({ amount: 1000 });
    const { post, printed } = await open();
    const body = JSON.stringify({ event: "payout_link.updated", payout_link_id: id, memo: "für 李" });
    const read = (): number => mock.requests.filter(({ path }) => path.endsWith(id)).length;

    expect(await post(signed(body, "msg_forged", `whsec_${"A".repeat(32)}`), body)).toBe(400);
    expect(await post({ "content-type": "application/json" }, body)).toBe(400);
    expect(read()).toBe(0);

    // The API is down the first time, so the sender has to send the event again.
    mock.respondNext({ status: 404, operation: "retrievePayoutLink" });
    const headers = signed(body, `msg_${name}`);
    expect(await post(headers, body)).toBe(500);
    for (const _ of ["again", "and again"]) expect(await post(headers, body)).toBe(204);
    expect(read()).toBe(2);
    await vi.waitFor(() => expect(printed()).toMatch(`payout_link.updated: payout link ${id} is`));

    const other = '{"event":"something.new"}';
    expect(await post(signed(other, "msg_new"), other)).toBe(204);
    const long = JSON.stringify({ memo: "x".repeat(3 * 2 ** 20) });
    expect(await post(signed(long, "msg_long"), long)).toBe(413);
  });
});
