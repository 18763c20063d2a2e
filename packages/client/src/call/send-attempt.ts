import { ConfigurationError, ConnectionError, type ErrorFacts, TimeoutError } from "../errors/dots-error.ts";
import type { ApiResult } from "../runtime/api-call.ts";
import { type Outcome, outcomeOfStatus, worse } from "../runtime/outcome.ts";
import { markOf } from "../settings/account.ts";
import { requestId } from "../settings/headers.ts";
import { describe } from "../settings/redact.ts";
import type { Settings } from "../settings/settings.ts";
import { type Call, eventOf, factsOf, stopError } from "./call.ts";
import { requireKeyProtects } from "./expired-key.ts";
import { wasNeverSent } from "./never-sent.ts";
import { readAnswer } from "./read-answer.ts";
import { requireSameAccount } from "./same-account.ts";
import { sendRequest } from "./send-request.ts";
import { tellHook } from "./tell-hook.ts";
import { withTimeLimit } from "./time-limit.ts";

/**
 * Sends a request once, and reads the answer to its end.
 * @param remaining milliseconds until the deadline of the call
 * @throws DotsError, its outcome that of the attempt and of all that came before.
 */
export function sendAttempt<Data>(
  settings: Settings,
  call: Call,
  remaining: number,
): Promise<ApiResult<Data>> {
  const { limits, signal } = call;
  const { fetch, hooks, login: readLogin } = settings;
  const { onRequest, onResponse } = hooks;
  const start = performance.now();
  let secrets: readonly string[] = [];
  /** What it means if the attempt fails right now. */
  let outcome: Outcome = "not_sent";
  /** The signal of the request, once it was handed over. */
  let sent: AbortSignal | undefined;
  let response: Response | undefined;
  /** Gives the result or throws, once the answer was read. */
  let end: (() => ApiResult<Data>) | undefined;

  const facts = (): ErrorFacts => ({
    ...factsOf({ ...call, outcome: worse(call.outcome, outcome) }),
    status: response?.status,
    requestId: requestId(response),
  });

  const ask = async <Value>(what: string, callback: () => Value | Promise<Value>): Promise<Value> => {
    try {
      return await callback();
    } catch (error) {
      throw new ConfigurationError(`${what} failed: ${describe(error, secrets)}`, facts());
    }
  };

  const run = async (stopped: AbortSignal): Promise<ApiResult<Data>> => {
    const login = typeof readLogin === "function" ? await ask("logging in", readLogin) : readLogin;
    secrets = login.secrets;
    if (onRequest) await ask("onRequest", () => onRequest(eventOf(call)));
    // What took too long must not be sent after all.
    stopped.throwIfAborted();
    requireKeyProtects(call);
    if (call.key !== undefined) {
      requireSameAccount(call, markOf(settings.baseUrl, login.client, call.headers));
    }

    call.firstSentAt ??= Date.now();
    outcome = "unknown";
    sent = stopped;
    try {
      response = await sendRequest(settings, call, login, stopped);
    } catch (error) {
      if (wasNeverSent(error, fetch, stopped)) outcome = "not_sent";
      throw new ConnectionError(`the connection failed: ${describe(error, secrets)}`, facts());
    }
    const { ok, status } = response;
    if (!ok) outcome = outcomeOfStatus(status, call.key);
    const answer = await readAnswer<Data>(settings, call, response, secrets, facts);
    end = () => {
      if ("error" in answer) throw answer.error;
      return answer;
    };
    if (onResponse) {
      const { violations } = "error" in answer ? { violations: undefined } : answer;
      const event = {
        status,
        requestId: requestId(response),
        duration: performance.now() - start,
        violations,
      };
      await tellHook("onResponse", secrets, () => onResponse({ ...eventOf(call), ...event }));
    }
    return end();
  };

  const stop = (): ApiResult<Data> => {
    if (end) return end();
    if (sent && !response && wasNeverSent(undefined, fetch, sent)) outcome = "not_sent";
    if (signal?.aborted || remaining < limits.timeout) throw stopError(signal, facts());
    throw new TimeoutError(`there was no answer in ${limits.timeout} ms`, facts());
  };

  return withTimeLimit(Math.min(limits.timeout, remaining), signal, { run, stop });
}
