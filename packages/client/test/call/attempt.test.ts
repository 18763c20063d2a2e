import { once } from "node:events";
import { createServer } from "node:http";
import { describe, expect, it } from "vitest";
import type { CallOptions, DotsError } from "../../src/index.ts";
import { client, failure } from "../client.ts";
import { type Handler, json, serve } from "../server.ts";

const silence: Handler = () => {};

/** What the only attempt of a call fails with. */
async function failed(url: string, options: CallOptions = {}): Promise<DotsError> {
  return failure(client(url, { maxRetries: 0 }).payoutLinks.create({ amount: 1000 }, options));
}

/** Where nobody listens. */
async function closedUrl(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

describe("an attempt that is not repeated", () => {
  it("says why a connection was not made, and that nothing was sent", async () => {
    const error = await failed(await closedUrl());
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "not_sent", attempts: 1 });
    expect(error.message).toMatch(
      /^createPayoutLink: the connection failed: .*ECONNREFUSED.*Nothing was sent/,
    );
  });

  it.each([
    ["that is a page", "<html>"],
    ["that is empty", ""],
    ["that is no object", "1"],
  ])("says that an answer %s is none", async (_, text) => {
    const { url } = await serve((_request, response) => void response.writeHead(200).end(text));
    const error = await failed(url);
    expect(error).toMatchObject({ name: "UnreadableAnswerError", outcome: "unknown", status: 200 });
    expect(error.message).toContain(
      "the answer cannot be read: it is not what the API documents. It may have been carried out",
    );
  });

  it("says of an answer that was cut off what cut it off", async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write('{"amount":', () => response.destroy());
    });
    const error = await failed(url);
    expect(error).toMatchObject({ name: "UnreadableAnswerError", outcome: "unknown" });
    expect(error.message).toMatch(/the answer cannot be read: (?!it is not what)\w/);
  });

  it("tells apart what has ended it", async () => {
    const { url } = await serve(silence);
    const timeout = await failed(url, { timeout: 30 });
    expect([timeout.name, timeout.message]).toEqual([
      "TimeoutError",
      expect.stringContaining("there was no answer in 30 ms. It may have been carried out"),
    ]);
    const deadline = await failed(url, { timeout: 10_000, deadline: 30 });
    expect([deadline.name, deadline.message]).toEqual([
      "DeadlineError",
      expect.stringContaining("the deadline leaves no more time. It may have been carried out"),
    ]);
    const abort = await failed(url, { signal: AbortSignal.timeout(30) });
    expect([abort.name, abort.message]).toEqual([
      "AbortError",
      expect.stringMatching(/the call was aborted: .*timeout\. It may have been carried out/),
    ]);
  });

  it("tells which function of the caller has failed", async () => {
    const { url } = await serve(json(503, {}));
    const fails = (): never => {
      throw new Error("out of order");
    };
    const told = await failure(client(url, { onRequest: fails }).payoutLinks.create({ amount: 1000 }));
    expect(told).toMatchObject({ name: "ConfigurationError" });
    expect(told.message).toContain("onRequest failed: out of order");
    const login = await failure(client(url, { apiKey: fails }).payoutLinks.create({ amount: 1000 }));
    expect(login.message).toContain("logging in failed: out of order");
  });
});
