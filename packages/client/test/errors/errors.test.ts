import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  AbortError,
  ApiError,
  BadRequestError,
  ConflictError,
  DeadlineError,
  DotsError,
  ForbiddenError,
  NotFoundError,
  RateLimitError,
  ServerError,
  UnauthorizedError,
  UnprocessableError,
} from "../../src/index.ts";
import { client, failure, LINK, PAYEE } from "../client.ts";
import { json, serve } from "../server.ts";

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
    const others = [AbortError, BadRequestError, RateLimitError, ServerError].filter(
      (each) => each !== Class,
    );
    expect(others.filter((each) => error instanceof each)).toEqual([]);
    expect(error).toBeInstanceOf(Class);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ name: Class.name, status, body: { message: "No.", code: 7 } });
  });

  it("says what happened, what it means for the money and what to do next", async () => {
    const { url } = await serve(json(400, { message: "amount is missing" }), json(500, {}), json(500, {}));
    const dots = client(url, { maxRetries: 0 });
    const refused = await failure(dots.payoutLinks.create(BODY));
    expect(refused.message).toBe(
      "createPayoutLink: the API answered 400, amount is missing. Nothing was carried out: fix the cause, or call again later.",
    );
    const keyed = await failure(dots.payoutLinks.create(BODY));
    expect(keyed.message).toBe(
      `createPayoutLink: the API answered 500, {}. It may have been carried out: call again with { continue: error }, and its key ${keyed.idempotencyKey} keeps it from being done twice.`,
    );
    const unkeyed = await failure(dots.payoutRequests.create({ ...BODY, payee: PAYEE }));
    expect(unkeyed.message).toBe(
      "createPayoutRequest: the API answered 500, {}. It may have been carried out: go through payoutRequests.list() and look for your own reference (metadata) before you call again.",
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

  it("keeps its status when the body of a refusal is cut off, which might have said that nothing is decided", async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(404, { "content-length": "100" });
      response.write("{", () => response.destroy());
    });
    expect(await failure(client(url).payoutLinks.create(BODY))).toMatchObject({
      status: 404,
      outcome: "unknown",
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

describe("an error as JSON", () => {
  const errors = async (): Promise<DotsError[]> => {
    const { url } = await serve(json(400, { message: "No." }, { "x-request-id": "r-1" }), json(500, {}));
    const dots = client(url, { maxRetries: 0 });
    return [
      await failure(dots.payouts.send({ ...BODY, payee: PAYEE })),
      await failure(dots.payouts.send({ ...BODY, payee: PAYEE })),
      await failure(dots.payouts.send({ ...BODY, payee: PAYEE }, { deadline: 0 })),
      await failure(
        dots.payoutRequests.create({ ...BODY, payee: PAYEE }, { signal: AbortSignal.abort("stop") }),
      ),
    ];
  };

  it("says what it says, and becomes an error again", async () => {
    for (const error of await errors()) {
      const text = JSON.stringify(error);
      const { name, message, outcome } = error;
      expect(JSON.parse(text)).toMatchObject({ name, message, outcome });
      for (const back of [DotsError.from(text), DotsError.from(JSON.parse(text)), DotsError.from(error)]) {
        expect({ ...back, message: back.message }).toEqual({ ...error, name, message });
        expect(back).toBeInstanceOf(Error);
        expect(back).toBeInstanceOf(DotsError);
        expect([
          back instanceof ApiError,
          back instanceof BadRequestError,
          back instanceof DeadlineError,
        ]).toEqual([
          error instanceof ApiError,
          error instanceof BadRequestError,
          error instanceof DeadlineError,
        ]);
        expect(JSON.parse(JSON.stringify(back))).toEqual(JSON.parse(text));
      }
    }
  });

  it("names nobody that the request did", async () => {
    for (const error of await errors()) {
      expect(`${JSON.stringify(error)} ${inspect(error)}`).not.toContain(PAYEE.phone_number);
    }
  });

  it("can be posted to another thread", async () => {
    const [error] = await errors();
    expect(DotsError.from(structuredClone(error?.toJSON()))).toMatchObject({ ...error });
  });

  it.each([
    undefined,
    null,
    7,
    "text",
    "{}",
    {},
    { name: "DotsError", message: "m" },
    new Error("e"),
    { outcome: "unknown" },
  ])("is made of nothing else: %o", (json) => {
    expect(() => DotsError.from(json)).toThrow(TypeError);
    expect(DotsError.is(json)).toBe(false);
    expect(json instanceof DotsError).toBe(false);
  });
});

describe("a class that a program derives", () => {
  class Refused extends ApiError {}
  class Odd extends DotsError {}

  it("has those errors alone that are its own", async () => {
    const { url } = await serve(json(400, {}));
    const error = await failure(client(url).payoutLinks.create(BODY));
    const own = new Refused("no", { outcome: "rejected" });
    expect([error instanceof Refused, error instanceof Odd, own instanceof Odd]).toEqual([
      false,
      false,
      false,
    ]);
    expect([own instanceof Refused, own instanceof ApiError, own instanceof DotsError]).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe("a wait that the server asks for with a date", () => {
  it.each([0, -90_000, 90_000])("is counted by the server's own clock: %i ms off", async (skew) => {
    const now = Math.floor(Date.now() / 1_000) * 1_000 + skew;
    const [date, later] = [now, now + 20_000].map((time) => new Date(time).toUTCString());
    const { url } = await serve(json(503, {}, { date: date ?? "", "retry-after": later ?? "" }));
    const error = await failure(client(url, { maxRetries: 0 }).payoutLinks.create(BODY));
    expect(error).toMatchObject({ retryAfter: 20_000 });
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
