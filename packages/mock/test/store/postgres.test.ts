import { randomInt, randomUUID } from "node:crypto";
import { type PostgresServer, startPostgres } from "@dots-payouts/postgres-server";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Mock, MockError, startMock } from "../../src/index.ts";
import { startCommand } from "../command.ts";
import { exchange, type Reply } from "../raw.ts";
import { startBlackhole } from "./blackhole.ts";
import { describeStore } from "./store-promises.ts";

let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.close());

describeStore({
  name: "PostgreSQL",
  lasting: true,
  open: async () => ({ store: await postgres.create(), [Symbol.asyncDispose]: async () => {} }),
});

const keyed = () => JSON.stringify({ amount: 5, idempotency_key: randomUUID() });

function expectUnavailable(reply: Reply): void {
  expect(reply).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
  const { message, errors } = JSON.parse(reply.text);
  expect(message).toMatch(
    /^The mock cannot use its store postgres:\/\/127\.0\.0\.1:\d+\/postgres \(.+\)\. Try again\.$/,
  );
  expect(errors).toMatchObject([{ path: "", code: "store" }]);
  expect(reply.text).not.toContain("secret");
}

describe("replicas that share a database", () => {
  const moments = Array.from({ length: inject("kills") }, () => randomInt(0, 100));

  it(`create one resource for a key that is sent to both at once, and lose no answer when one is killed, ${moments.join(", ")} ms after its first answer`, async () => {
    const store = await postgres.create();
    await using other = await startMock({ store });
    const answered = new Map<string, string>();
    for (const moment of moments) {
      // Another process, like a replica.
      const replica = startCommand("--port", "0", "--quiet", "--store", store);
      const doomed = await replica.url();
      const urls = [doomed, other.url];
      for (let round = 0; round < 5; round += 1) {
        const body = keyed();
        const replies = await Promise.all(
          Array.from({ length: 20 }, (_, index) => exchange(urls[index % 2] ?? "", { body })),
        );
        expect(new Set(replies.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
        expect(replies[0]?.status).toBe(200);
      }
      const before = answered.size;
      let dead = false;
      const client = async () => {
        while (!dead) {
          const body = keyed();
          const replies = await Promise.all(urls.map((url) => attempt(url, body)));
          for (const text of replies.flatMap((reply) => (reply?.status === 200 ? [reply.text] : []))) {
            expect(answered.get(body) ?? text).toBe(text);
            answered.set(body, text);
          }
        }
      };
      const load = Promise.all(Array.from({ length: 4 }, client));
      await expect.poll(() => answered.size, { interval: 5 }).toBeGreaterThan(before);
      await new Promise((resolve) => setTimeout(resolve, moment));
      replica.child.kill("SIGKILL");
      await replica.exit();
      dead = true;
      await load;
    }
    for (const [body, text] of answered) expect((await exchange(other.url, { body })).text).toBe(text);
  }, 300_000);

  it("show each other's requests, and forget them together", async () => {
    const store = await postgres.create();
    await using one = await startMock({ store });
    await exchange(one.url, { body: '{"amount":1}' });
    await using two = await startMock({ store });
    expect(two.requests.map(({ body }) => body)).toEqual(['{"amount":1}']);
    await exchange(one.url, { body: '{"amount":2}' });
    await exchange(two.url, { body: '{"amount":3}' });
    const bodies = (mock: Mock) => mock.requests.map(({ body }) => body).sort();
    for (const mock of [one, two]) {
      await expect.poll(() => bodies(mock)).toEqual(['{"amount":1}', '{"amount":2}', '{"amount":3}']);
      expect(new Set(mock.requests.map(({ id }) => id)).size).toBe(3);
    }
    await two.reset();
    await expect.poll(() => one.requests).toEqual([]);
  });

  it("ignore what others send on their channel", async () => {
    const store = await postgres.create();
    await using one = await startMock({ store });
    await using two = await startMock({ store });
    const schema = /search_path%3D(\w+)/.exec(store)?.[1];
    for (const text of ["", "text", "null", "{}", '{"origin":"x","id":"y"}', '{"origin":"x","id":1e9}']) {
      await postgres.run(`SELECT pg_notify('dots_mock_' || md5('${schema}'), '${text}')`);
    }
    await exchange(two.url, { body: '{"amount":7}' });
    await expect.poll(() => one.requests.map((entry) => entry.body)).toContain('{"amount":7}');
  });

  it("can start at the same moment in an empty database", async () => {
    const store = await postgres.create();
    const mocks = await Promise.all(Array.from({ length: 5 }, () => startMock({ store })));
    await Promise.all(mocks.map((mock) => mock.close()));
  });
});

async function attempt(url: string, body: string): Promise<Reply | undefined> {
  return exchange(url, { body }).catch(() => undefined);
}

/** Several times the mock's own limit, because a busy machine adds to it. A caller that waits longer would hang. */
const PATIENCE = 15_000;

describe("a lost database", () => {
  it("results in a clear 503 at once, and is used again when it is back", async () => {
    const store = await postgres.create();
    await using one = await startMock({ store });
    await using two = await startMock({ store });
    const body = keyed();
    const first = await exchange(one.url, { body });
    await postgres.kill();
    const reset = await fetch(`${one.url}/__mock/state`, { method: "DELETE" });
    expect(reset.status).toBe(503);
    for (const lost of [body, keyed(), '{"amount":5}']) {
      const reply = await exchange(one.url, { body: lost });
      expectUnavailable(reply);
      expect(reply.took).toBeLessThan(PATIENCE);
      expect(one.requests.at(-1)).toMatchObject({
        body: lost,
        status: 503,
        reasons: [{ code: "store" }],
        answer: { body: reply.text },
      });
    }
    await postgres.start();
    expect(await exchange(one.url, { body })).toMatchObject({ status: 200, text: first.text });
    await exchange(two.url, { body: '{"amount":7}' });
    await expect.poll(() => one.requests.map((entry) => entry.body)).toContain('{"amount":7}');
  }, 120_000);

  it("results in a clear 503 when it stops responding, and is used again when it responds", async () => {
    const direct = new URL(await postgres.create());
    await using way = await startBlackhole(Number(direct.port));
    const store = Object.assign(new URL(direct), { port: String(way.port) }).href;
    const mock = await startMock({ store });
    const body = keyed();
    const first = await exchange(mock.url, { body });
    way.swallow(true);
    const [reply] = await Promise.all([exchange(mock.url, { body }), exchange(mock.url, { body: keyed() })]);
    expectUnavailable(reply);
    expect(reply.took).toBeLessThan(PATIENCE);
    way.swallow(false);
    expect(await exchange(mock.url, { body })).toMatchObject({ status: 200, text: first.text });
    way.swallow(true);
    const started = performance.now();
    await mock.close();
    expect(performance.now() - started).toBeLessThan(PATIENCE);
  }, 30_000);
});

describe("an unusable database", () => {
  let store = "";
  beforeAll(async () => {
    store = await postgres.create();
  });

  it.each([
    ["that is not there", (url: URL) => Object.assign(url, { port: "1" }), /ECONNREFUSED/],
    ["that refuses the password", (url: URL) => Object.assign(url, { password: "secret-x" }), /password/],
    ["that does not exist", (url: URL) => Object.assign(url, { pathname: "/none" }), /does not exist/],
  ])("%s is refused in one line, without the password", async (_name, change, problem) => {
    const started = startMock({ store: change(new URL(store)).href });
    await expect(started).rejects.toThrow(MockError);
    await expect(started).rejects.toThrow(
      /^The store postgres:\/\/127\.0\.0\.1:\d+\/\w+ cannot be opened \(.*\)\.$/,
    );
    await expect(started).rejects.toThrow(problem);
    await expect(started).rejects.not.toThrow(/secret/);
  });

  it("does not keep a mock running that can't start", async () => {
    await using taken = await startMock();
    const { port } = new URL(taken.url);
    const command = startCommand("--port", port, "--store", store);
    expect(await command.exit()).toBe(2);
    expect(command.text()).toContain(`Port ${port} is in use`);
  });

  // Windows has no signals: a process can only be killed.
  it.skipIf(process.platform === "win32")("does not keep a mock from stopping", async () => {
    const direct = new URL(store);
    await using way = await startBlackhole(Number(direct.port));
    const indirect = Object.assign(new URL(direct), { port: String(way.port) }).href;
    const command = startCommand("--port", "0", "--store", indirect);
    await exchange(await command.url(), { body: keyed() });
    way.swallow(true);
    command.child.kill("SIGTERM");
    expect(await command.exit()).toBe(0);
  });
});
