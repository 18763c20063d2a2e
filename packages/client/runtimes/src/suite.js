// Runs in every runtime as it is, so it is JavaScript and imports the client as a program would.
import { Dots, DotsError, isPayoutLinkStatusValue } from "@dots-payouts/client";
import { validation } from "@dots-payouts/client/validation";
import { verifyWebhook, WebhookError, webhookHandler } from "@dots-payouts/client/webhooks";

const BODY = { amount: 1000, delivery: { method: "link" } };
const API_KEY = "sk-4f9a/secret+key";

/**
 * Tries the client against a server that does what the header `x-script` says.
 * @param {string} url the server
 * @param {string} closed a URL where nobody listens
 * @param {{ tells: boolean, replays?: boolean }} runtime whether it says that no connection came about, and whether it
 *   sends requests once more itself when a connection that it has used before is reset
 * @returns {Promise<string[]>} what went wrong
 */
export async function runSuite(url, closed, { tells, replays }) {
  const problems = [];
  const events = [];
  const options = {
    baseUrl: url,
    clientId: "client-é",
    apiKey: API_KEY,
    retryDelay: 2,
    timeout: 20_000,
    dangerouslyAllowBrowser: true,
    validation: validation({ answers: true }),
    onRequest: (event) => void events.push(`request ${event.attempt}`),
    onResponse: (event) => void events.push(`response ${event.status}`),
    onRetry: (event) => void events.push(`retry ${event.error.name}`),
  };
  const dots = new Dots(options);
  let calls = 0;
  const scripted = (script, more = {}) => ({
    ...more,
    headers: { "x-script": script, "x-call": `${Date.now()}-${Math.random()}-${calls++}` },
  });
  const expect = (name, actual, expected) => {
    const [is, should] = [actual, expected].map((value) => JSON.stringify(value));
    if (is !== should) problems.push(`${name}: ${is} instead of ${should}`);
  };
  const ending = async (call) => {
    try {
      await call;
      return ["success"];
    } catch (error) {
      if (!(error instanceof DotsError)) return [String(error)];
      const seen = `${JSON.stringify(error)} ${error.stack} ${error.message}`;
      if (seen.includes(API_KEY)) problems.push("the API key is in an error");
      return [error.name, error.outcome, error.attempts];
    }
  };

  const first = await dots.payoutLinks.create(BODY, scripted("503")).withResponse();
  expect("a retry", [first.attempts, first.data.amount], [2, 1000]);
  expect("one key and one body", first.data.bodies, 1);
  expect("the key", first.data.key, first.idempotencyKey);
  expect("a known value", isPayoutLinkStatusValue(first.data.status), true);
  expect("hooks", events, ["request 1", "response 503", "retry ServerError", "request 2", "response 200"]);

  const create = (script, more) => ending(dots.payoutLinks.create(BODY, scripted(script, more)));
  const payee = { country_code: "1", phone_number: "2025550139" };
  const ask = (script) => ending(dots.payoutRequests.create({ amount: 1000, payee }, scripted(script)));
  // A runtime that may send a request twice cannot say what a refusal means.
  const refused = replays ? "unknown" : "rejected";
  expect("400", await create("400"), ["BadRequestError", refused, 1]);
  expect("429", await create("429,429,429"), ["RateLimitError", refused, 3]);
  const own = globalThis.fetch;
  const wrapper = { fetch: (target, init) => own(target, init) };
  // Some runtimes show what is bound as they show their own functions.
  const bound = new Dots({ ...options, fetch: wrapper.fetch.bind(wrapper) });
  const unsure = await ending(bound.payoutLinks.create(BODY, scripted("400")));
  expect("400 to a wrapper of fetch", unsure, ["BadRequestError", "unknown", 1]);
  expect("500 without a key", await ask("500"), ["ServerError", "unknown", 1]);
  if (!replays) expect("a reset", await create("reset,reset,reset"), ["ConnectionError", "unknown", 3]);
  if (!replays) {
    expect("a reset without a key", await ask("reset,400"), ["ConnectionError", "unknown", 1]);
  }
  expect("HTML", await create("html,html,html"), ["UnreadableAnswerError", "unknown", 3]);
  expect("a cut answer", (await create("cut,cut,cut")).slice(1), ["unknown", 3]);
  expect("a cut answer once", await create("cut"), ["success"]);
  expect("silence", await create("silence", { timeout: 50, maxRetries: 0 }), ["TimeoutError", "unknown", 1]);
  expect("half an answer", await create("half", { timeout: 50, maxRetries: 0 }), [
    "TimeoutError",
    "unknown",
    1,
  ]);
  expect("a deadline", await create("silence", { deadline: 50 }), ["DeadlineError", "unknown", 1]);
  const signal = AbortSignal.timeout(30);
  expect("an abort", await create("silence", { signal }), ["AbortError", "unknown", 1]);
  expect("an early abort", await create("", { signal }), ["AbortError", "not_sent", 0]);
  expect("a redirect", await create("redirect"), ["ApiError", "unknown", 1]);

  const unheard = new Dots({ ...options, baseUrl: closed, maxRetries: 0 });
  const [name, outcome] = await ending(unheard.payoutLinks.create(BODY));
  expect("nobody there", [name, outcome], ["ConnectionError", tells ? "not_sent" : "unknown"]);

  expect("an invalid request", await ending(dots.payoutLinks.create({ amount: -1 })), [
    "InvalidRequestError",
    "not_sent",
    0,
  ]);
  const given = [1, 2, 3, 4];
  const links = await Promise.all(given.map((amount) => dots.payoutLinks.create({ ...BODY, amount })));
  for (const amount of given) links.push(await dots.payoutLinks.create({ ...BODY, amount }));
  expect(
    "calls without headers of their own",
    links.map((link) => link.sent),
    [...given, ...given],
  );

  const always = (script, more) =>
    ending(new Dots({ ...options, ...more, headers: scripted(script).headers }).payoutLinks.create(BODY));
  expect("a redirect of such a call", await always("redirect"), ["ApiError", "unknown", 1]);
  expect("a retry of such a call", await always("503"), ["success"]);
  expect("silence for such a call", await always("silence", { timeout: 50, maxRetries: 0 }), [
    "TimeoutError",
    "unknown",
    1,
  ]);

  const { data } = await dots.http.POST("/v2/payout-links", { body: BODY, ...scripted("503") });
  expect("by path", data?.bodies, 1);
  return [...problems, ...(await tryWebhooks())];
}

// Published with the standard.
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const VECTOR = {
  "svix-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
  "svix-timestamp": "1614265330",
  "svix-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
};

/** @returns {Promise<string[]>} what went wrong */
async function tryWebhooks() {
  const now = Date.now;
  Date.now = () => 1_614_265_330_000;
  const seen = [];
  const handle = webhookHandler({ secret: SECRET, onEvent: ({ body }) => void seen.push(body.test) });
  const post = async (body) => {
    const { status } = await handle(
      new Request("https://example.com", { method: "POST", body, headers: VECTOR }),
    );
    seen.push(status);
  };
  try {
    const text = '{"test": 2432232314}';
    for (const body of [text, new TextEncoder().encode(text)]) {
      seen.push(verifyWebhook(new Headers(VECTOR), body, SECRET).body.test);
    }
    await post(text);
    await post(`${text} `);
    await post(`{"pad":"${"\u00fc".repeat(600_000)}"}`);
    Date.now = () => 1_614_265_631_000;
    verifyWebhook(VECTOR, text, SECRET);
  } catch (error) {
    seen.push(error instanceof WebhookError ? error.reason : String(error));
  } finally {
    Date.now = now;
  }
  const given = 2432232314;
  const expected = JSON.stringify([given, given, given, 204, 400, 400, "timestamp"]);
  return JSON.stringify(seen) === expected
    ? []
    : [`webhooks: ${JSON.stringify(seen)} instead of ${expected}`];
}
