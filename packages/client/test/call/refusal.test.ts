import { describe, expect, it } from "vitest";
import type { RetryEvent } from "../../src/index.ts";
import { client, failure } from "../client.ts";
import { type Handler, json, serve } from "../server.ts";

const text =
  (status: number, body: string): Handler =>
  (_, response) =>
    response.writeHead(status).end(body);

/** What an error says before it comes to the money. */
async function words(...handlers: readonly Handler[]): Promise<string> {
  const { url } = await serve(...handlers);
  const { message } = await failure(client(url, { maxRetries: 0 }).payoutLinks.create({ amount: 1000 }));
  return message;
}

describe("the error for a refusal says", () => {
  it("what the API said", async () => {
    expect(await words(text(418, "\n no coffee here \n"))).toContain(
      "the API answered 418, no coffee here. ",
    );
  });

  it("no more than fits on a few lines, and marks where it is cut", async () => {
    expect(await words(text(400, "a".repeat(300)))).toContain(`the API answered 400, ${"a".repeat(300)}. `);
    const long = json(400, { message: `${"a".repeat(299)}bc` });
    expect(await words(long)).toContain(`the API answered 400, ${"a".repeat(299)}b…. `);
  });

  it("the API's message alone, where there is one", async () => {
    const body = { message: " It is canceled. ", code: "c", errors: [{ message: "No." }] };
    expect(await words(json(400, body))).toContain("the API answered 400, It is canceled. Nothing was ");
    expect(await words(json(400, { message: 7 }))).toContain('the API answered 400, {"message":7}. ');
  });

  it("to call again, and not to find out first, where a call only reads", async () => {
    const { url } = await serve(json(500, {}), (_, response) => response.destroy());
    const dots = client(url, { maxRetries: 0 });
    for (const call of [() => dots.payoutLinks.retrieve("x"), () => dots.payoutLinks.list()]) {
      const error = await failure(call());
      expect(error.outcome).toBe("rejected");
      expect(error.message).toMatch(/\. Nothing was carried out: fix the cause, or call again later\.$/);
    }
  });

  it("that a redirect was not followed, and not where it led", async () => {
    const message = await words(json(302, { to: "elsewhere" }, { location: "http://127.0.0.1:9/" }));
    expect(message).toContain("the API answered 302, redirects are not followed. ");
  });
});

describe("a refusal whose code says that an earlier request is in progress", () => {
  const payee = { country_code: "1", phone_number: "2025550139" };

  it.each([400, 401, 409, 422, 429])("leaves the outcome open with every status: %i", async (status) => {
    for (const place of ["error_code", "code", "error"]) {
      const { url } = await serve(json(status, { message: "No.", [place]: "resource-busy" }));
      const dots = client(url, { maxRetries: 0 });
      const calls = [
        () => dots.payouts.send({ amount: 1000, payee }),
        () => dots.payoutRequests.create({ amount: 1000, payee }),
        () => dots.payoutLinks.cancel("x"),
      ];
      for (const call of calls) expect(await failure(call())).toMatchObject({ status, outcome: "unknown" });
    }
    const { url } = await serve(json(status, { message: "No.", code: "invalid-input" }));
    const other = await failure(
      client(url, { maxRetries: 0 }).payoutRequests.create({ amount: 1000, payee }),
    );
    expect(other).toMatchObject({ status, outcome: "rejected" });
  });

  it("stays open where nothing more of the answer comes", async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(400, { "content-length": "100" });
      response.write('{"message":');
    });
    const error = await failure(
      client(url, { maxRetries: 0, timeout: 50 }).payouts.send({ amount: 1000, payee }),
    );
    expect(error).toMatchObject({ name: "TimeoutError", outcome: "unknown" });
  });
});

describe("a refusal that cannot be taken in", () => {
  const payee = { country_code: "1", phone_number: "2025550139" };

  it.each(['{"error_code":"resource-bu', '[{"code":', '  {"'])(
    "says nothing, where what is left of it is no JSON: %s",
    async (start) => {
      const { url } = await serve((_, response) => {
        response.shouldKeepAlive = false;
        response.writeHead(400, { "transfer-encoding": "identity" }).end(start);
      });
      const error = await failure(client(url).payouts.send({ amount: 1000, payee }));
      expect(error).toMatchObject({ name: "BadRequestError", outcome: "unknown" });
    },
  );

  it.each([5_000, 6_000, 7_000, 8_000, 10_000, 20_000])(
    "leaves out what is too deep to be written again: %i",
    async (depth) => {
      const deep = `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
      const { url } = await serve(text(503, deep), text(400, deep));
      const copies: unknown[] = [];
      const onRetry = ({ error }: RetryEvent): void => void copies.push(error);
      const error = await failure(client(url, { onRetry }).payouts.send({ amount: 1000, payee }));
      expect(error).toMatchObject({ name: "BadRequestError", status: 400 });
      expect(() => JSON.stringify(error)).not.toThrow();
      expect(copies).toHaveLength(1);
    },
  );
});

describe("a wait that is asked for", () => {
  it("is not kept above the longest, and ends the call at once", async () => {
    const { url, seen } = await serve(json(503, {}, { "retry-after": "2" }));
    const dots = client(url, { maxRetryAfter: 1_999 });
    const error = await failure(dots.payoutLinks.create({ amount: 1000 }));
    expect(error).toMatchObject({ name: "ServerError", retryAfter: 2_000, attempts: 1 });
    expect(seen).toHaveLength(1);
  });

  it("is kept up to the longest", async () => {
    const { url } = await serve(json(503, {}, { "retry-after": "2" }));
    const controller = new AbortController();
    const dots = client(url, { maxRetryAfter: 2_000, onRetry: () => controller.abort() });
    const error = await failure(dots.payoutLinks.create({ amount: 1000 }, { signal: controller.signal }));
    expect(error).toMatchObject({ name: "AbortError", attempts: 1 });
  });
});

describe("a request without an idempotency key", () => {
  it("is not repeated after a failure that leaves open whether it was carried out", async () => {
    const { url, seen } = await serve(json(503, {}));
    const payee = { country_code: "1", phone_number: "2025550139" };
    await failure(client(url).payoutRequests.create({ amount: 1000, payee }));
    expect(seen).toHaveLength(1);
  });
});
