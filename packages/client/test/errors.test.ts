import { describe, expect, it } from "vitest";
import {
  ApiError,
  BadRequestError,
  ConflictError,
  ForbiddenError,
  NotFoundError,
  RateLimitError,
  ServerError,
  UnauthorizedError,
  UnprocessableError,
} from "../src/index.ts";
import { client, failure, LINK, PAYEE } from "./client.ts";
import { json, serve } from "./server.ts";

const BODY = { amount: 1000 };

describe("an error", () => {
  it.each([
    [400, BadRequestError],
    [401, UnauthorizedError],
    [403, ForbiddenError],
    [404, NotFoundError],
    [409, ConflictError],
    [422, UnprocessableError],
    [429, RateLimitError],
    [500, ServerError],
    [599, ServerError],
    [418, ApiError],
    [302, ApiError],
  ])("tells %i by its class", async (status, Class) => {
    const { url } = await serve(json(status, { message: "No.", code: 7 }));
    const error = await failure(client(url, { maxRetries: 0 }).payoutLinks.create(BODY));
    expect(error.constructor).toBe(Class);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ name: Class.name, status, body: { message: "No.", code: 7 } });
  });

  it("says what happened, what it means for the money and what to do next", async () => {
    const { url } = await serve(json(400, { message: "amount is missing" }), json(500, {}), json(500, {}));
    const dots = client(url, { maxRetries: 0 });
    const refused = await failure(dots.payoutLinks.create(BODY));
    expect(refused.message).toBe(
      'createPayoutLink: the API answered 400, {"message":"amount is missing"}. Nothing was carried out: change the call, or try again later.',
    );
    const keyed = await failure(dots.payoutLinks.create(BODY));
    expect(keyed.message).toBe(
      `createPayoutLink: the API answered 500, {}. It may have been carried out: call again with idempotencyKey "${keyed.idempotencyKey}", which does nothing twice.`,
    );
    const unkeyed = await failure(dots.payoutRequests.create({ ...BODY, payee: PAYEE }));
    expect(unkeyed.message).toBe(
      "createPayoutRequest: the API answered 500, {}. It may have been carried out: there is no idempotency key, so find out before you call again.",
    );
    expect(unkeyed.idempotencyKey).toBeUndefined();
  });

  it("has the ID of the request, by the header that has it", async () => {
    const names = ["x-request-id", "request-id", "x-correlation-id", "cf-ray"];
    const { url } = await serve(...names.map((name) => json(400, {}, { [name]: `id in ${name}` })));
    const dots = client(url);
    for (const name of names) {
      expect(await failure(dots.payoutLinks.create(BODY))).toMatchObject({ requestId: `id in ${name}` });
    }
  });

  it("has no body where the answer was no JSON object", async () => {
    const { url } = await serve((_, response) => response.writeHead(502).end("<html>Bad gateway</html>"));
    const error = await failure(client(url, { maxRetries: 0 }).payoutLinks.create(BODY));
    expect(error).toMatchObject({ status: 502, body: undefined });
    expect(error.message).toContain("<html>Bad gateway</html>");
  });

  it("keeps its status when the body of a refusal is cut off", async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(404, { "content-length": "100" });
      response.write("{", () => response.destroy());
    });
    expect(await failure(client(url).payoutLinks.create(BODY))).toMatchObject({
      status: 404,
      outcome: "rejected",
    });
  });

  it("is not reported as unhandled when only the result is asked for", async () => {
    const unhandled: unknown[] = [];
    const listener = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", listener);
    const { url } = await serve(json(400, {}));
    await failure(client(url).payoutLinks.create(BODY).withResponse());
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off("unhandledRejection", listener);
    expect(unhandled).toEqual([]);
  });
});

describe("a call", () => {
  it("is a promise", async () => {
    const { url } = await serve(json(200, LINK), json(400, {}), json(200, LINK));
    const dots = client(url);
    let ended = 0;
    const end = (): void => void ended++;
    expect(await dots.payoutLinks.create(BODY).finally(end)).toEqual(LINK);
    expect(await dots.payoutLinks.create(BODY).catch((error) => error.status)).toBe(400);
    expect(await Promise.all([dots.payoutLinks.create(BODY)])).toEqual([LINK]);
    expect(ended).toBe(1);
  });
});
