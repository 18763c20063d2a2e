import { type Failure, isFailure } from "../errors/failure.ts";
import { markOf } from "../settings/account.ts";
import { requestId } from "../settings/headers.ts";
import { describe, redact } from "../settings/redact.ts";
import type { Settings } from "../settings/settings.ts";
import { sendsOnce, wasNeverSent } from "../transport/transport.ts";
import { apiErrorOf } from "./api-error-of.ts";
import { type Call, eventOf, type Fail, failure, stopError } from "./call.ts";
import { expiredKey } from "./expired-key.ts";
import { readSuccess, type Success } from "./read-success.ts";
import { doubtOf } from "./refusal.ts";
import { otherAccount } from "./same-account.ts";
import { sendRequest } from "./send-request.ts";
import { tellHook } from "./tell-hook.ts";
import { withTimeLimit } from "./time-limit.ts";

/**
 * Sends a request once, and reads the answer to its end.
 * @param remaining milliseconds until the deadline of the call
 * @param start when it begins, by `performance.now()`
 * @returns the success, or the failure, whose outcome covers this attempt and all earlier ones
 */
export function sendAttempt<Data>(
  settings: Settings,
  call: Call,
  remaining: number,
  start: number,
): Promise<Success<Data> | Failure> {
  const { limits, signal } = call;
  const { login: readLogin, onRequest, onResponse } = settings;
  let secrets: readonly string[] = [];
  /** The outcome if the attempt fails right now. */
  let { outcome } = call;
  /** The `fetch` that sends the request. A program may replace the global one in the meantime. */
  let { fetch } = settings;
  /** The signal of the request, once it was handed over. */
  let sent: AbortSignal | undefined;
  let response: Response | undefined;
  /** The result of the attempt, once that is known. */
  let answer: Success<Data> | Failure | undefined;

  const fail: Fail = (name, what, more) =>
    failure({ ...call, outcome }, name, what, {
      status: response?.status,
      requestId: requestId(response, secrets),
      ...more,
    });

  /** Nothing was sent, if that is certain. */
  const judge = (error?: unknown): void => {
    if (sent && !response && wasNeverSent(error, fetch, sent)) outcome = call.outcome;
  };

  const run = async (stopped: AbortSignal): Promise<Success<Data> | Failure> => {
    let step = "logging in";
    try {
      const login = typeof readLogin === "function" ? await readLogin() : readLogin;
      secrets = login.secrets;
      step = "onRequest";
      if (onRequest) await onRequest(eventOf(call));
      // After the time limit, the request must not be sent any more.
      stopped.throwIfAborted();
      const refusal =
        expiredKey(call) ?? (call.key ? otherAccount(call, markOf(login.client, call.headers)) : undefined);
      if (refusal) return refusal;
      if (call.firstSentAt === undefined) {
        call.firstSentAt = Date.now();
        call.sentAt = start;
      }
      outcome = "unknown";
      sent = stopped;
      step = "the connection";
      fetch ??= globalThis.fetch;
      // A program may replace what it sends with, too.
      const isSentOnce = settings.fetchSendsOnce || sendsOnce(fetch, call.body);
      response = await sendRequest(fetch, call, login, stopped);
      let text: string | undefined;
      let problem = "it is not what the API documents";
      try {
        // A stub of `fetch` may only have `json()`.
        text =
          typeof response.text === "function" ? await response.text() : JSON.stringify(await response.json());
      } catch (error) {
        problem = describe(error, secrets);
      }
      const { status } = response;
      if (response.ok) answer = readSuccess<Data>(settings, call, response, text, problem, fail);
      else {
        const doubt = doubtOf(isSentOnce, call, status, text);
        // What may have been carried out before is not undone by this.
        if (doubt === false && call.outcome !== "unknown") outcome = "rejected";
        answer = apiErrorOf(status, response.headers, redact(text ?? "", secrets), doubt, fail);
      }
      const ending = answer;
      if (onResponse) {
        await tellHook("onResponse", secrets, () =>
          onResponse({
            ...eventOf(call),
            status,
            requestId: requestId(response, secrets),
            duration: performance.now() - start,
            violations: isFailure(ending) ? undefined : structuredClone(ending.violations),
          }),
        );
      }
      return ending;
    } catch (error) {
      judge(error);
      return fail(
        sent ? "ConnectionError" : "ConfigurationError",
        `${step} failed: ${describe(error, secrets)}`,
      );
    }
  };

  const stop = async (): Promise<Success<Data> | Failure> => {
    if (answer) return answer;
    judge();
    return signal?.aborted || remaining < limits.timeout
      ? stopError(signal, fail)
      : fail("TimeoutError", `there was no answer in ${limits.timeout} ms`);
  };

  return withTimeLimit(Math.min(limits.timeout, remaining), signal, stop, run);
}
