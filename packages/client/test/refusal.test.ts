import { describe, expect, it } from "vitest";
import { client, failure } from "./client.ts";
import { type Handler, json, serve } from "./server.ts";

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

  it("to check the credentials, where they were not taken", async () => {
    expect(await words(json(401, { message: "No." }))).toContain(
      "the API answered 401, No. Nothing was carried out: check clientId and apiKey.",
    );
  });

  it("to check the ID, where there is no such thing", async () => {
    expect(await words(json(404, { message: "No." }))).toContain(
      "the API answered 404, No. Nothing was carried out: check the ID and baseUrl.",
    );
  });

  it("to call again, and not to find out first, where a call only reads", async () => {
    const { url } = await serve(json(500, {}), (_, response) => response.destroy());
    const dots = client(url, { maxRetries: 0 });
    for (const call of [() => dots.payoutLinks.retrieve("x"), () => dots.payoutLinks.list()]) {
      const error = await failure(call());
      expect(error.outcome).toBe("rejected");
      expect(error.message).toMatch(/\. Nothing was carried out: call again later\.$/);
    }
  });

  it("that a redirect was not followed, and not where it led", async () => {
    const message = await words(json(302, { to: "elsewhere" }, { location: "http://127.0.0.1:9/" }));
    expect(message).toContain("the API answered 302, redirects are not followed. ");
  });

  it("how long to wait, in whole seconds", async () => {
    const message = await words(json(503, {}, { "retry-after": "61" }));
    expect(message).toContain("the API answered 503, {}, it asks to wait 61 s. ");
  });

  it("nothing of a wait that was not asked for", async () => {
    expect(await words(text(503, ""))).toContain("the API answered 503. ");
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
