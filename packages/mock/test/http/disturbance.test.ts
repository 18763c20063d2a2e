import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { exchange } from "../raw.ts";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const prefer = (value: string) => ({ headers: { prefer: value } });

describe("Prefer: fault=", () => {
  it("reset breaks the connection", async () => {
    await expect(exchange(mock.url, prefer("fault=reset"))).rejects.toThrow("ECONNRESET");
  });

  it("timeout never answers, and does not keep the mock from closing", async () => {
    const own = await startMock();
    const reply = exchange(own.url, prefer("fault=timeout"));
    const outcome = reply.then(
      () => "answered",
      () => "closed",
    );
    await expect.poll(() => own.requests.length).toBe(1);
    await own.close();
    expect(await outcome).toBe("closed");
  });

  it("truncate sends half of the body", async () => {
    await expect(exchange(mock.url, prefer("fault=truncate"))).rejects.toThrow("aborted");
  });

  it("garble sends a body that is not JSON", async () => {
    const { status, text } = await exchange(mock.url, prefer("fault=garble"));
    expect(status).toBe(200);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  it("status answers 503", async () => {
    expect((await exchange(mock.url, prefer("fault=status"))).status).toBe(503);
  });

  it.each(["reset", "truncate", "garble", "status"])(
    "%s happens after the request was carried out",
    async (fault) => {
      const body = JSON.stringify({ amount: 5, idempotency_key: randomUUID() });
      await exchange(mock.url, { body, ...prefer(`fault=${fault}`) }).catch(() => undefined);
      const made = mock.requests.at(-1);
      expect(made?.fault).toBe(fault);
      const [first, again] = [await exchange(mock.url, { body }), await exchange(mock.url, { body })];
      expect(first.text).toBe(again.text);
      if (fault === "truncate") expect(first.text).toBe(made?.answer.body);
    },
  );

  it("with an unknown name is refused", async () => {
    const { status, text } = await exchange(mock.url, prefer("fault=fire"));
    expect(status).toBe(400);
    expect(text).toContain("one of reset, timeout, truncate, garble, status");
  });
});

describe("Prefer: delay=", () => {
  it("sends the answer after that many milliseconds", async () => {
    const { status, took } = await exchange(mock.url, prefer("delay=120"));
    expect(status).toBe(200);
    expect(took).toBeGreaterThanOrEqual(119);
  });

  it("can be combined with other preferences, and does not delay other requests", async () => {
    const order: string[] = [];
    const slow = exchange(mock.url, prefer("delay=300, code=401")).then(({ status }) =>
      order.push(`slow ${status}`),
    );
    await exchange(mock.url, {}).then(({ status }) => order.push(`quick ${status}`));
    await slow;
    expect(order).toEqual(["quick 200", "slow 401"]);
  });

  it("is refused if it is not a number", async () => {
    for (const value of ["soon", "-1", "1e9", ""]) {
      expect((await exchange(mock.url, prefer(`delay=${value}`))).status).toBe(400);
    }
  });
});

describe("options of the mock", () => {
  it("delay every answer", async () => {
    await using slow = await startMock({ delay: 80 });
    expect((await exchange(slow.url, {})).took).toBeGreaterThanOrEqual(79);
  });

  it("break every answer at a fault rate of 1, in the same way with the same seed", async () => {
    const rounds = await Promise.all(
      [1, 1].map(async (seed) => {
        await using faulty = await startMock({ faultRate: 1, seed });
        for (let count = 0; count < 12; count += 1) {
          const before = faulty.requests.length;
          const reply = exchange(faulty.url, {}).catch(() => undefined);
          await expect.poll(() => faulty.requests.length).toBe(before + 1);
          if (faulty.requests.at(-1)?.fault !== "timeout") await reply;
        }
        return faulty.requests.map(({ fault }) => fault);
      }),
    );
    expect(rounds[0]).toEqual(rounds[1]);
    expect(new Set(rounds[0])).toEqual(new Set(["reset", "timeout", "truncate", "garble", "status"]));
  });
});

describe("respondNext", () => {
  it("answers the next request with the given answer, and only that one", async () => {
    mock.respondNext({ status: 429, headers: { "retry-after": "2" }, body: { message: "Slow down." } });
    const { status, headers, text } = await exchange(mock.url, {});
    expect({ status, text }).toEqual({ status: 429, text: '{"message":"Slow down."}' });
    expect(headers["retry-after"]).toBe("2");
    expect((await exchange(mock.url, {})).status).toBe(200);
  });

  it("answers the next n requests to an operation, in the order in which the answers were planned", async () => {
    mock.respondNext({ status: 500, operation: "createPayoutLink" }, 2);
    mock.respondNext({ fault: "status" });
    const other = await exchange(mock.url, { path: "/v2/payout-requests", body: "{}" });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await exchange(mock.url, {})).status);
    expect([other.status, ...statuses]).toEqual([503, 500, 500, 200]);
  });

  it("is forgotten after a reset", async () => {
    mock.respondNext({ status: 500 });
    await mock.reset();
    expect((await exchange(mock.url, {})).status).toBe(200);
  });
});
