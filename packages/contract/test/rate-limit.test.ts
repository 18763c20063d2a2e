import type { RequestListener } from "node:http";
import { describe, expect, it } from "vitest";
import { runContract } from "../src/index.ts";
import { listen } from "./reference/listen.ts";
import { type Behavior, PASSWORD, type Reply, startReference, USERNAME } from "./reference/server.ts";

const limited = (headers: Record<string, string>): Reply => ({
  status: 429,
  headers,
  body: { message: "Too many requests." },
});

/** The requests before the checks: two to find out whether the server can be checked, and one for each operation. */
const PLAIN = 5;

/** Runs a few checks, and returns when each request was answered. */
async function run(behavior: Behavior, concurrency = 1) {
  await using server = await startReference(behavior);
  return await runContract({
    url: server.url,
    username: USERNAME,
    password: PASSWORD,
    seed: 1,
    concurrency,
    only: ["accepts/example"],
  });
}

// The tests mostly wait, so they wait at the same time.
describe.concurrent("waits for a server that limits the rate", () => {
  it.each([
    ["for as many seconds as it asks", 1_000, () => "1"],
    // HTTP dates have no milliseconds.
    ["until the time that it gives", 1_000, (now: number) => new Date(now + 2_000).toUTCString()],
    ["for a quarter of a second if it gives no time", 250, () => undefined],
    ["for a quarter of a second if its time is unreadable", 250, () => "soon"],
  ])("%s", async (_, least, ask) => {
    let answered = 0;
    let waited: number | undefined;
    const report = await run({
      reply(reply) {
        if (answered > 0) waited ??= Date.now() - answered;
        if (answered > 0) return reply;
        answered = Date.now();
        const header = ask(answered);
        return limited(header === undefined ? {} : { "retry-after": header });
      },
    });
    expect(report.failed).toBe(0);
    // Timers may be a millisecond early.
    expect(waited).toBeGreaterThanOrEqual(least - 2);
  });

  it("with growing delays, if the server gives none", async () => {
    const times: number[] = [];
    await run({
      reply(reply) {
        times.push(Date.now());
        return times.length < 4 ? limited({}) : reply;
      },
    });
    const waits = times.slice(1, 4).map((time, index) => time - (times[index] ?? 0));
    for (const [index, least] of [250, 500, 1_000].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(least - 2);
    }
  });

  it("with all requests that are still to be sent", async () => {
    let count = 0;
    let limitedAt = 0;
    const early: number[] = [];
    let release: (() => void) | undefined;
    await run(
      {
        async reply(reply) {
          count += 1;
          // The first ones find out whether the server can be checked at all, one after the other.
          if (count <= PLAIN) return reply;
          if (count === PLAIN + 1) {
            // This request is in progress when another is told to wait, and its worker continues a moment later.
            await new Promise<void>((resolve) => {
              release = resolve;
            });
            return reply;
          }
          if (count === PLAIN + 2) {
            limitedAt = Date.now();
            setTimeout(() => release?.(), 50);
            return limited({ "retry-after": "1" });
          }
          if (Date.now() - limitedAt < 998) early.push(Date.now() - limitedAt);
          return reply;
        },
      },
      2,
    );
    expect(count).toBeGreaterThan(PLAIN + 4);
    expect(early).toEqual([]);
  });

  it("up to six times per request", async () => {
    let count = 0;
    const limits =
      (times: number): RequestListener =>
      (_, response) => {
        count += 1;
        if (count > times) response.writeHead(404).end();
        else response.writeHead(429, { "retry-after": "0" }).end();
      };
    await using patient = await listen(limits(6));
    await expect(runContract({ url: patient.url })).rejects.toThrow("answers 404 to every operation");
    count = 0;
    await using endless = await listen(limits(Number.POSITIVE_INFINITY));
    await expect(runContract({ url: endless.url })).rejects.toThrow("keeps answering 429");
    expect(count).toBe(7);
  });

  it.each(["61", new Date(Date.now() + 3_600_000).toUTCString()])("but gives up after %s", async (ask) => {
    await using server = await listen((_, response) => response.writeHead(429, { "retry-after": ask }).end());
    await expect(runContract({ url: server.url })).rejects.toThrow(/asks to wait (61|3[56]\d\d) s/);
  });
});
