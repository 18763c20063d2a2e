import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dots } from "@dots-payouts/client";
import { type Mock, startMock } from "@dots-payouts/mock";
import { expect, it, onTestFinished, vi } from "vitest";
import { POST } from "../payouts-next/app/api/payouts/route.ts";
import worker from "../payouts-worker/worker.ts";
import { type Running, runExample } from "./run-example.ts";

/** The amounts of all payouts so far. */
async function amounts(mock: Mock): Promise<number[]> {
  const dots = new Dots({ baseUrl: mock.url, clientId: "client-id", apiKey: "api-key" });
  const { data } = await dots.payoutLinks.list({ limit: 100 });
  return data.map(({ amount }) => amount).sort();
}

async function openMock(onRequest = (): void => {}): Promise<Mock> {
  const mock = await startMock({ onRequest });
  onTestFinished(() => mock.close());
  return mock;
}

it("the service with SQLite pays each payout once, even if it is killed and responses are lost", async () => {
  const folder = mkdtempSync(join(tmpdir(), "payouts-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  let service: Running | undefined;
  let requests = 0;
  const mock = await openMock(() => {
    requests += 1;
    // The second payout is made, and its response about to be sent.
    if (requests === 2) service?.child.kill("SIGKILL");
  });
  const env = { DOTS_BASE_URL: mock.url, DATABASE: join(folder, "payouts.db") };
  const put = async (id: string, amount: number): Promise<Record<string, unknown>> => {
    const body = JSON.stringify({ amount, payee: { country_code: "1", phone_number: "2025550139" } });
    const response = await fetch(`${service?.url}/payouts/${id}`, { method: "PUT", body });
    return response.ok ? JSON.parse(await response.text()) : { status: response.status };
  };

  service = await runExample("payouts-sqlite/service.ts", env);
  const given = [1001, 1002, 1003, 1004];
  const first = await Promise.allSettled(given.map((amount) => put(`p${amount}`, amount)));
  expect(first.some(({ status }) => status === "rejected")).toBe(true);

  service = await runExample("payouts-sqlite/service.ts", env);
  for (const amount of [...given, ...given]) {
    expect(await put(`p${amount}`, amount)).toMatchObject({ outcome: "paid", payout: expect.any(String) });
  }
  expect(await amounts(mock)).toEqual(given);

  // A database in use stays locked: another process would not know about the calls of this one.
  await expect(runExample("payouts-sqlite/service.ts", env)).rejects.toThrow("database is locked");

  expect(await put("p1001", 9)).toEqual({ status: 409 });
  mock.respondNext({ status: 429, operation: "sendPayout" }, 3);
  expect(await put("p1005", 1005)).toMatchObject({ outcome: "not_sent" });
  expect(await put("p1005", 1005)).toMatchObject({ outcome: "paid" });
  expect(await put("bad", -1)).toMatchObject({
    outcome: "not_sent",
    reason: expect.stringContaining("amount"),
  });
  mock.respondNext({ fault: "reset", operation: "sendPayout" }, 3);
  expect(await put("p1006", 1006)).toMatchObject({ outcome: "unknown" });
  expect(await put("p1006", 1006)).toMatchObject({ outcome: "paid" });
  mock.respondNext({ status: 403, operation: "sendPayout" });
  for (const _ of [1, 2]) expect(await put("p1007", 1007)).toMatchObject({ outcome: "rejected" });
  expect(await amounts(mock)).toEqual([...given, 1005, 1006]);
});

it("the route for Next.js pays an invoice once", async () => {
  const mock = await openMock();
  const env = { DOTS_BASE_URL: mock.url, DOTS_CLIENT_ID: "id", DOTS_API_KEY: "key" };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const pay = (invoice: string): Promise<Response> =>
    POST(new Request(`https://example.com/api/payouts?invoice=${invoice}`, { method: "POST" }));
  mock.respondNext({ fault: "reset", operation: "sendPayout" }, 3);
  expect(await (await pay("INV-17")).json()).toMatchObject({ outcome: "unknown" });
  const answers = await Promise.all([pay("INV-17"), pay("INV-17")]);
  const [one, other] = await Promise.all(answers.map((answer) => answer.json()));
  expect(other).toEqual(one);
  expect(await (await pay("INV-17")).json()).toEqual(one);
  expect((await pay("INV-99")).status).toBe(404);
  expect(mock.requests.length).toBeGreaterThan(4);
  const made = mock.requests.filter(({ path }) => path.includes("send-payout"));
  expect(new Set(made.map(({ body }) => body)).size).toBe(1);
});

it("the worker creates one link for each job", async () => {
  const mock = await openMock();
  const env = { DOTS_BASE_URL: mock.url, DOTS_CLIENT_ID: "id", DOTS_API_KEY: "key", TOKEN: "ours" };
  const job = { key: randomUUID(), firstSentAt: new Date(), body: { amount: 1000 }, isNew: true };
  const ask = async (change: object = {}, authorization = "Bearer ours") => {
    const body = JSON.stringify({ ...job, ...change });
    const request = new Request("https://example.com", { method: "POST", body, headers: { authorization } });
    const response = await worker.fetch(request, env);
    return { status: response.status, ...JSON.parse((await response.text()) || "{}") };
  };
  expect(await ask({}, "Bearer theirs")).toEqual({ status: 401 });
  mock.respondNext({ fault: "reset", operation: "createPayoutLink" }, 3);
  expect(await ask()).toMatchObject({ status: 503, outcome: "unknown" });
  const made = await ask({ isNew: false });
  expect(made).toMatchObject({ status: 200, id: expect.any(String) });
  expect(await ask({ isNew: false })).toEqual(made);
  expect(await ask({ key: randomUUID(), body: { amount: -1 } })).toMatchObject({
    status: 422,
    outcome: "rejected",
  });
});
