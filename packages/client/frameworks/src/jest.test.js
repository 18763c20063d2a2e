const { Dots, DotsError } = require("@dots-payouts/client");
const { createClient, sendPayout } = require("@dots-payouts/client/functions");
const { validation } = require("@dots-payouts/client/validation");

const LINK = { id: "6d1c9a7e-0f5b-4c38-bb1d-2a9f0e7c4d51", amount: 1000, status: "created" };
const options = { baseUrl: "https://api.example.com", clientId: "id", apiKey: "api-key", retryDelay: 1 };
const body = { amount: 1000, user_id: "9b2d7f4e-62c1-4d0e-8a43-6f1f0f5c2a90" };

afterEach(() => jest.restoreAllMocks());

test("a spy on the global fetch sees the url and the options", async () => {
  const spy = jest.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json(LINK));
  const dots = new Dots({ ...options, validation: validation() });
  expect(await dots.payouts.send(body)).toEqual(LINK);
  expect(await sendPayout(createClient(options), body)).toEqual(LINK);
  expect((await dots.http.POST("/v2/payouts/send-payout", { body })).data).toEqual(LINK);
  expect(spy).toHaveBeenCalledTimes(3);
  const [url, { method, body: text }] = spy.mock.calls[0];
  expect([url, method]).toEqual(["https://api.example.com/v2/payouts/send-payout", "POST"]);
  expect(JSON.parse(text)).toEqual({ ...body, idempotency_key: expect.any(String) });
});

test("a stub of { ok, status, json } is enough", async () => {
  const fetch = jest.fn().mockResolvedValue({ ok: true, status: 201, json: async () => LINK });
  expect(await new Dots({ ...options, fetch }).payouts.send(body)).toEqual(LINK);
});

test("a failure is a DotsError", async () => {
  jest.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("fetch failed"));
  const error = await new Dots(options).payouts.send(body).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(DotsError);
  expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown", attempts: 3 });
});

test("fake timers do not hold up a call", async () => {
  jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick"] });
  jest.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json(LINK));
  expect(await new Dots(options).payouts.send(body)).toEqual(LINK);
  jest.useRealTimers();
});
