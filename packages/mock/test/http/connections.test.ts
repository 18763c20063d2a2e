import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { exchange, raw } from "../raw.ts";
import { AUTHORIZATION } from "../send.ts";

const TIMEOUT = 300;

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ requestTimeout: TIMEOUT });
});
afterAll(() => mock.close());

const HEAD = `POST /v2/payout-links HTTP/1.1\r\nhost: mock\r\nauthorization: ${AUTHORIZATION}\r\ncontent-type: application/json\r\n`;

describe("a connection", () => {
  it.each([
    ["whose request line stalls", ["POST /v2/pay"]],
    ["whose headers stall", [HEAD]],
    ["whose body stalls", [`${HEAD}content-length: 20\r\n\r\n{"amount"`]],
    ["whose chunks stall", [`${HEAD}transfer-encoding: chunked\r\n\r\n3\r\n{"a\r\n`]],
  ])("%s gets 408 after the configured time, and is closed", async (_name, parts) => {
    const started = performance.now();
    const text = await raw(mock.url, parts);
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(text).toContain('"message":"The request did not arrive in time."');
    expect(performance.now() - started).toBeGreaterThanOrEqual(TIMEOUT - 50);
  });

  it.each([
    ["no HTTP", "hello\r\n\r\n"],
    ["another version", "POST / HTTP/9.9\r\nhost: mock\r\n\r\n"],
    ["a header without a name", `${HEAD}: x\r\n\r\n`],
    ["two lengths", `${HEAD}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`],
    [
      "a length and chunks at once",
      `${HEAD}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ["a chunk that has no size", `${HEAD}transfer-encoding: chunked\r\n\r\nzz\r\n`],
  ])("with %s gets 400 and is closed", async (_name, text) => {
    expect(await raw(mock.url, [text])).toMatch(/^HTTP\/1\.1 400 /);
  });

  it("gets an answer to each pipelined request", async () => {
    const one = `${HEAD}content-length: 12\r\n\r\n{"amount":5}`;
    const last = `${HEAD}content-length: 2\r\nconnection: close\r\n\r\n{}`;
    const text = await raw(mock.url, [one + one + last]);
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 200", "HTTP/1.1 400"]);
  });

  it("with a stalled body does not keep the mock from closing, and is told that nothing was carried out", async () => {
    const own = await startMock();
    const socket = connect(Number(new URL(own.url).port), "127.0.0.1");
    socket.write(`${HEAD}expect: 100-continue\r\ncontent-length: 20\r\n\r\n`);
    expect(String((await once(socket, "data"))[0])).toContain("100 Continue");
    socket.write('{"amount"');
    const answer = once(socket, "data");
    const started = performance.now();
    await own.close();
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(String((await answer)[0])).toMatch(/^HTTP\/1\.1 503 [\s\S]*Nothing was carried out\./);
  });

  it("can wait for permission to send its body", async () => {
    const text = await raw(
      mock.url,
      [`${HEAD}expect: 100-continue\r\ncontent-length: 12\r\n\r\n`],
      "100 Continue",
    );
    expect(text).toMatch(/^HTTP\/1\.1 100 Continue/);
  });

  it("that is cut in the middle of a body is recorded, and affects no others", async () => {
    const { hostname, port } = new URL(mock.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(`${HEAD}content-length: 20\r\n\r\n{"amount"`, () => socket.destroy());
      });
      socket.on("close", () => resolve());
    });
    await expect.poll(() => mock.requests.at(-1)?.reasons[0]?.code).toBe("aborted");
    expect((await exchange(mock.url, {})).status).toBe(200);
  });
});

describe("closing", () => {
  it("lets an open request finish, and accepts no new one", async () => {
    const own = await startMock();
    const { hostname, port } = new URL(own.url);
    const socket = connect(Number(port), hostname);
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString("utf8");
    });
    const ended = new Promise<void>((resolve) => socket.on("close", () => resolve()));
    socket.write(`${HEAD}expect: 100-continue\r\ncontent-length: 12\r\n\r\n`);
    await expect.poll(() => text).toContain("100 Continue");
    const closed = own.close();
    await expect(exchange(own.url, {})).rejects.toThrow("ECONNREFUSED");
    socket.write('{"amount":5}');
    await expect.poll(() => text).toContain("HTTP/1.1 200");
    socket.end();
    await Promise.all([closed, ended]);
  });

  it("does not wait for delays", async () => {
    const own = await startMock({ delay: 60_000 });
    const reply = exchange(own.url, {});
    // Answered without the delay, and after the request above has arrived.
    expect((await fetch(`${own.url}/__mock/requests`)).status).toBe(200);
    await own.close();
    expect((await reply).status).toBe(200);
  }, 9_000);
});
