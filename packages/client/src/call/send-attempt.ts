import { DotsError, type ErrorFacts } from "../errors/dots-error.ts";
import { type Outcome, worse } from "../runtime/outcome.ts";
import { markOf } from "../settings/account.ts";
import { requestId } from "../settings/headers.ts";
import { describe, redact } from "../settings/redact.ts";
import type { Settings } from "../settings/settings.ts";
import { sendsOnce, wasNeverSent } from "../transport/transport.ts";
import { apiErrorOf } from "./api-error-of.ts";
import { type Call, eventOf, factsOf, stopError } from "./call.ts";
import { requireKeyProtects } from "./expired-key.ts";
import { readSuccess, type Success } from "./read-success.ts";
import { doubtOf } from "./refusal.ts";
import { requireSameAccount } from "./same-account.ts";
import { sendRequest } from "./send-request.ts";
import { tellHook } from "./tell-hook.ts";
import { withTimeLimit } from "./time-limit.ts";

/**
 * Sends a request once, and reads the answer to its end.
 * @param remaining milliseconds until the deadline of the call
 * @throws DotsError whose outcome covers this attempt and all earlier ones.
 */
export function sendAttempt<Data>(settings: Settings, call: Call, remaining: number): Promise<Success<Data>> {
  const { limits, signal } = call;
  const { hooks, login: readLogin } = settings;
  const { onRequest, onResponse } = hooks;
  const start = performance.now();
  let secrets: readonly string[] = [];
  /** The outcome if the attempt fails right now. */
  let outcome: Outcome = "not_sent";
  /** The `fetch` that sends the request. A program may replace the global one in the meantime. */
  let { fetch } = settings;
  /** The signal of the request, once it was handed over. */
  let sent: AbortSignal | undefined;
  let response: Response | undefined;
  /** The result of the attempt, once the answer was read. */
  let answer: Success<Data> | DotsError | undefined;

  const facts = (): ErrorFacts => ({
    ...factsOf({ ...call, outcome: worse(call.outcome, outcome) }),
    status: response?.status,
    requestId: requestId(response, secrets),
  });

  const ask = async <Value>(what: string, callback: () => Value | Promise<Value>): Promise<Value> => {
    try {
      return await callback();
    } catch (error) {
      throw new DotsError(`${what} failed: ${describe(error, secrets)}`, {
        ...facts(),
        name: "ConfigurationError",
      });
    }
  };

  const read = async (given: Response): Promise<Success<Data> | DotsError> => {
    let text: string | undefined;
    let problem = "it is not what the API documents";
    try {
      // A stub of `fetch` may only have `json()`.
      text = typeof given.text === "function" ? await given.text() : JSON.stringify(await given.json());
    } catch (error) {
      problem = describe(error, secrets);
    }
    if (given.ok) return readSuccess(settings, call, given, text, problem, facts);
    const doubt = doubtOf(settings.fetchSendsOnce || sendsOnce(fetch, call.body), call, given.status, text);
    if (doubt === false) outcome = "rejected";
    return apiErrorOf(given, redact(text ?? "", secrets), doubt, facts());
  };

  const end = (ending: Success<Data> | DotsError): Success<Data> => {
    if (ending instanceof DotsError) throw ending;
    return ending;
  };

  const run = async (stopped: AbortSignal): Promise<Success<Data>> => {
    const login = typeof readLogin === "function" ? await ask("logging in", readLogin) : readLogin;
    secrets = login.secrets;
    if (onRequest) await ask("onRequest", () => onRequest(eventOf(call)));
    // After the time limit, the request must not be sent any more.
    stopped.throwIfAborted();
    requireKeyProtects(call);
    if (call.key !== undefined) {
      requireSameAccount(call, markOf(settings.baseUrl, login.client, call.headers));
    }

    call.firstSentAt ??= Date.now();
    outcome = "unknown";
    sent = stopped;
    try {
      fetch ??= globalThis.fetch;
      response = await sendRequest(fetch, call, login, stopped);
    } catch (error) {
      if (wasNeverSent(error, fetch, stopped)) outcome = "not_sent";
      throw new DotsError(`the connection failed: ${describe(error, secrets)}`, {
        ...facts(),
        name: "ConnectionError",
      });
    }
    const ending = await read(response);
    answer = ending;
    if (onResponse) {
      const event = {
        ...eventOf(call),
        status: response.status,
        requestId: requestId(response, secrets),
        duration: performance.now() - start,
        violations: ending instanceof DotsError ? undefined : ending.violations,
      };
      await tellHook("onResponse", secrets, () => onResponse(event));
    }
    return end(ending);
  };

  const stop = (): Success<Data> => {
    if (answer) return end(answer);
    if (sent && !response && wasNeverSent(undefined, fetch, sent)) outcome = "not_sent";
    if (signal?.aborted || remaining < limits.timeout) throw stopError(signal, facts());
    throw new DotsError(`there was no answer in ${limits.timeout} ms`, { ...facts(), name: "TimeoutError" });
  };

  return withTimeLimit(Math.min(limits.timeout, remaining), signal, { run, stop });
}
