import { createSecureServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";
import * as undici from "undici";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Dots } from "../../src/index.ts";
import { undiciFetch } from "../../src/undici/index.ts";
import { client, failure, LINK, PAYEE } from "../client.ts";
import { lost, openLedger, status } from "../ledger.ts";

const BODY = { amount: 1000, payee: PAYEE };
const REFUSED_STREAM = 7;

const again = {
  methods: ["POST" as const],
  minTimeout: 1,
  maxRetries: 2,
  statusCodes: [503],
  errorCodes: ["ECONNRESET", "UND_ERR_SOCKET"],
};

/** A server that speaks HTTP/2. It carries out the first request, says that it did not, and refuses the second one. */
async function openLiar() {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    notAfterDate: new Date(Date.now() + 3_600_000),
  });
  const keys: unknown[] = [];
  const server = createSecureServer({ key, cert }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    keys.push(JSON.parse(Buffer.concat(chunks).toString() || "{}").idempotency_key);
    if (keys.length === 1) return request.stream.close(REFUSED_STREAM);
    response.writeHead(keys.length === 2 ? 429 : 201, { "content-type": "application/json" });
    response.end(JSON.stringify(LINK));
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const agent = new undici.Agent({ connect: { ca: cert } });
  onTestFinished(async () => {
    await agent.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { keys, url: `https://localhost:${port}`, agent, fetch: undiciFetch(agent) };
}

const CALLS: readonly (readonly [string, (dots: Dots) => PromiseLike<unknown>])[] = [
  ["create", (dots) => dots.payoutRequests.create(BODY)],
  ["cancel", (dots) => dots.payoutLinks.cancel("1")],
  ["redeliver", (dots) => dots.payoutLinks.redeliver("1")],
];

describe("a request that undici would send again by HTTP/2", () => {
  it("is not, and its outcome is unknown", async () => {
    const { url, fetch, keys } = await openLiar();
    const dots = client(url, { fetch, maxRetries: 0 });
    const error = await failure(dots.payouts.send(BODY));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown", attempts: 1 });
    expect(error.message).toContain("would have sent it a second time");
    expect(keys).toHaveLength(1);
  });

  it.each(CALLS)("is not without a key either: %s", async (_, call) => {
    const { url, fetch, keys } = await openLiar();
    const error = await failure(call(client(url, { fetch, maxRetries: 0 })));
    expect(error).toMatchObject({ outcome: "unknown", attempts: 1 });
    expect(keys).toHaveLength(1);
  });

  it.each(CALLS)("is not by Node's own fetch either: %s", async (_, call) => {
    const { url, agent, keys } = await openLiar();
    const before = undici.getGlobalDispatcher();
    undici.setGlobalDispatcher(agent);
    onTestFinished(() => undici.setGlobalDispatcher(before));
    const error = await failure(call(client(url, { maxRetries: 0 })));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown", attempts: 1 });
    expect(keys).toHaveLength(1);
  });

  it("is sent again by the client, which knows of both", async () => {
    const { url, fetch, keys } = await openLiar();
    const { data, attempts } = await client(url, { fetch }).payouts.send(BODY).withResponse();
    expect([data, attempts]).toEqual([LINK, 3]);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
  });
});

describe.each([
  ["a RetryAgent", () => new undici.RetryAgent(new undici.Agent(), again)],
  ["an interceptor", () => new undici.Agent().compose(undici.interceptors.retry(again))],
])("a request that %s would send again", (_, dispatcher) => {
  it.each([
    ["its answer was lost", lost],
    ["it was answered with 503", status(503, true)],
  ])("is not where %s", async (_name, fate) => {
    const { url, fates, bodies } = await openLedger();
    fates.push(fate, status(429));
    const dots = client(url, { fetch: undiciFetch(dispatcher()), maxRetries: 0 });
    expect(await failure(dots.payouts.send(BODY))).toMatchObject({ outcome: "unknown", attempts: 1 });
    expect(bodies).toHaveLength(1);
  });
});
