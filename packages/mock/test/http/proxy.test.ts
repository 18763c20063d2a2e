import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { MockError, startMock } from "../../src/index.ts";
import { serveHere } from "../command.ts";
import { exchange, raw } from "../raw.ts";
import { AUTHORIZATION } from "../send.ts";
import { startUpstream } from "./upstream.ts";

const headersOf = (rawHeaders: readonly string[]) =>
  rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []));

describe("a proxy passes on", () => {
  it("every byte of a request, and every header that is not about the connection", async () => {
    await using upstream = await startUpstream((response) => response.end());
    await using proxy = await startMock({ proxy: `${upstream.url}/base/` });
    const body = randomBytes(5_000);
    const lines = [
      "PATCH /a%2Fb//c?x=1&x=%20&y HTTP/1.1",
      `Host: ${new URL(proxy.url).host}`,
      "X-CaSe: kept",
      "X-Twice: one",
      "X-Twice: two",
      "Content-Encoding: own",
      `Content-Length: ${body.length}`,
      "X-Hop: dropped",
      "Connection: close, X-Hop",
    ];
    await raw(proxy.url, [`${lines.join("\r\n")}\r\n\r\n`, body]);
    const [got] = upstream.received;
    expect(got).toMatchObject({ method: "PATCH", url: "/base/a%2Fb//c?x=1&x=%20&y" });
    expect(got?.body.equals(body)).toBe(true);
    expect(headersOf(got?.rawHeaders ?? [])).toEqual([
      `Host: ${new URL(upstream.url).host}`,
      ...lines.slice(2, 7),
      "Connection: close",
    ]);
  });

  it("every byte of an answer, its status and its headers", async () => {
    const body = gzipSync(randomBytes(5_000));
    await using upstream = await startUpstream((response) => {
      const headers = [
        "X-CaSe",
        "kept",
        "Set-Cookie",
        "a=1",
        "Set-Cookie",
        "b=2",
        "Content-Encoding",
        "gzip",
      ];
      response.sendDate = false;
      response
        .writeHead(418, "Short And Stout", [...headers, "Content-Length", String(body.length)])
        .end(body);
    });
    await using proxy = await startMock({ proxy: upstream.url });
    const { hostname, port } = new URL(proxy.url);
    const response = await fetch(`http://${hostname}:${port}/`, { headers: { "accept-encoding": "gzip" } });
    expect(response.statusText).toBe("Short And Stout");
    const text = await raw(proxy.url, [`GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`]);
    expect(text.slice(0, text.indexOf("\r\n\r\n")).split("\r\n")).toEqual([
      "HTTP/1.1 418 Short And Stout",
      "X-CaSe: kept",
      "Set-Cookie: a=1",
      "Set-Cookie: b=2",
      "Content-Encoding: gzip",
      `Content-Length: ${body.length}`,
      "Connection: close",
    ]);
    expect(text.slice(text.indexOf("\r\n\r\n") + 4)).toBe(body.toString("utf8"));
  });

  it("a redirect, without following it", async () => {
    await using upstream = await startUpstream((response) =>
      response.writeHead(307, { location: "https://elsewhere.example.com/" }).end(),
    );
    await using proxy = await startMock({ proxy: upstream.url });
    const reply = await exchange(proxy.url, {});
    expect(reply).toMatchObject({ status: 307, headers: { location: "https://elsewhere.example.com/" } });
    expect(upstream.received).toHaveLength(1);
  });

  it.each(["POST", "DELETE", "GET"])("a %s with a body in chunks", async (method) => {
    await using upstream = await startUpstream((response) => response.end());
    await using proxy = await startMock({ proxy: upstream.url });
    const head = `${method} /v2 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`;
    await raw(proxy.url, [head, "5\r\nfirst\r\n", "4\r\nlast\r\n0\r\n\r\n"]);
    expect(upstream.received[0]?.body.toString()).toBe("firstlast");
  });

  it.each(["POST", "GET", "HEAD", "DELETE", "OPTIONS"])("a %s without a body", async (method) => {
    await using upstream = await startUpstream((response) => response.writeHead(204).end());
    await using proxy = await startMock({ proxy: upstream.url });
    const headers = { "content-type": undefined, "content-length": undefined };
    const reply = await exchange(proxy.url, { method, body: "", headers });
    expect(reply).toMatchObject({ status: 204, text: "" });
    expect(upstream.received[0]).toMatchObject({ method, body: Buffer.alloc(0) });
  });

  it("bodies that are too long to check", async () => {
    const long = randomBytes(2_000_000);
    await using upstream = await startUpstream((response) => response.end(long));
    await using proxy = await startMock({ proxy: upstream.url, bodyLimit: 1_000_000 });
    const response = await fetch(`${proxy.url}/v2/payout-links`, {
      method: "POST",
      headers: { authorization: AUTHORIZATION, "content-type": "application/json" },
      body: long,
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(long)).toBe(true);
    expect(upstream.received[0]?.body.equals(long)).toBe(true);
    await expect.poll(() => proxy.requests).toMatchObject([{ status: 200, body: "", reasons: [] }]);
  });

  it("each part of an answer as it arrives", async () => {
    let end = () => {};
    await using upstream = await startUpstream((response) => {
      response.write("first");
      end = () => response.end("last");
    });
    await using proxy = await startMock({ proxy: upstream.url });
    const reader = (await fetch(proxy.url)).body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("first");
    end();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("last");
  });
});

describe("if a side disconnects", () => {
  it("a proxy reports that the server is unreachable", async () => {
    const upstream = await startUpstream(() => {});
    await upstream.close();
    await using proxy = await startMock({ proxy: upstream.url });
    const { status, text } = await exchange(proxy.url, {});
    expect(status).toBe(502);
    const message = `The proxy cannot reach ${upstream.url} (ECONNREFUSED).`;
    expect(JSON.parse(text)).toEqual({ message, errors: [{ path: "", code: "upstream", message }] });
    expect(proxy.requests).toMatchObject([{ status: 502, reasons: [{ code: "upstream" }] }]);
  });

  it("the caller's answer is cut too", async () => {
    await using upstream = await startUpstream((response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
      response.write('{"half":', () => response.destroy());
    });
    await using proxy = await startMock({ proxy: upstream.url });
    await expect(fetch(proxy.url).then((response) => response.text())).rejects.toThrow(TypeError);
    await expect(exchangeLink(proxy.url)).rejects.toThrow();
    await expect
      .poll(() => proxy.requests.at(-1)?.reasons)
      .toEqual([
        { path: "", code: "aborted", message: "In the answer: the body was cut off.", side: "answer" },
      ]);
  });

  it("the real server sees that the caller disconnected", async () => {
    let gone = false;
    await using upstream = await startUpstream((response) => {
      response.on("close", () => {
        gone = true;
      });
    });
    await using proxy = await startMock({ proxy: upstream.url });
    const caller = new AbortController();
    const call = fetch(`${proxy.url}/v2/payout-links`, { signal: caller.signal });
    await expect.poll(() => upstream.received).toHaveLength(1);
    caller.abort();
    await expect(call).rejects.toThrow(/aborted/);
    await expect.poll(() => gone).toBe(true);
    await expect.poll(() => proxy.requests).toMatchObject([{ status: 499, reasons: [{ code: "aborted" }] }]);
  });
});

async function exchangeLink(origin: string): Promise<string> {
  const response = await fetch(`${origin}/v2/payout-links`, {
    method: "POST",
    headers: { authorization: AUTHORIZATION, "content-type": "application/json" },
    body: '{"amount":5}',
  });
  return response.text();
}

describe("an invalid proxy", () => {
  it("is refused with the reason", async () => {
    await expect(startMock({ proxy: "pls.example.com" })).rejects.toThrow(/starting with http:\/\/ or https/);
    await expect(startMock({ proxy: "ftp://example.com" })).rejects.toThrow(/starting with http/);
    await expect(startMock({ proxy: "https://example.com/?a=1" })).rejects.toThrow(/without \?a=1/);
    await expect(startMock({ proxy: "https://example.com", seed: 1 })).rejects.toThrow(/seed cannot be used/);
    await using proxy = await startMock({ proxy: "https://example.com" });
    expect(() => proxy.respondNext({ status: 500 })).toThrow(MockError);
  });

  it("is refused by the command in one line, without credentials", async () => {
    await expect(serveHere("--port", "0", "--proxy", "https://client:secret@example.com")).rejects.toThrow(
      new MockError("The URL of a proxy must not contain credentials. Send them with each request."),
    );
  });
});

describe("dots-mock --proxy", () => {
  it("prints where requests go, and reports what breaks the spec", async () => {
    await using real = await startMock();
    const command = await serveHere("--port", "0", "--proxy", real.url);
    const url = await command.url();
    expect(command.text()).toBe(`The proxy to ${real.url} listens on ${url}\n`);
    await exchange(url, { body: '{"amount":0}' });
    expect(await command.output(/amount/)).toMatch(
      /POST \/v2\/payout-links → 400 .* {2}\/amount: amount must/,
    );
  });
});
