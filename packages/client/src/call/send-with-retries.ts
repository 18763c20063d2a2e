import { copyOf, type Failure } from "../errors/failure.ts";
import type { Settings } from "../settings/settings.ts";
import { type Call, eventOf, type Fail, failure, stopError, toDotsError } from "./call.ts";
import { requireKeyProtects } from "./expired-key.ts";
import type { Success } from "./read-success.ts";
import { backoff, isRetried } from "./retry.ts";
import { sendAttempt } from "./send-attempt.ts";
import { tellHook } from "./tell-hook.ts";
import { withTimeLimit } from "./time-limit.ts";

/**
 * Sends a request, again where that is safe and may help, until it is answered.
 * @param prepare makes the call, at once
 * @throws DotsError
 */
export async function sendWithRetries<Data>(settings: Settings, prepare: () => Call): Promise<Success<Data>> {
  const call = prepare();
  const { login, onRetry } = settings;
  const { operation, key, limits, signal } = call;
  const isRepeatable = key !== undefined || operation.safe || operation.idempotent;
  const end = performance.now() + limits.deadline;
  let last: Failure | undefined;
  const fail: Fail = (name, what, more) => failure(call, name, what, more);
  const stop = (): never => {
    throw stopError(signal, (name, what, more) => fail(name, what, { ...last, cause: last, ...more }));
  };

  for (;;) {
    const remaining = end - performance.now();
    if (signal?.aborted || remaining <= 0) stop();
    requireKeyProtects(call, fail);
    call.attempts += 1;
    try {
      return await sendAttempt<Data>(settings, call, remaining);
    } catch (error) {
      last = toDotsError(error, { ...call, outcome: "unknown" });
    }
    call.outcome = last.outcome;
    const { retryAfter = 0 } = last;
    if (!isRetried(isRepeatable, last, call.attempts, limits.maxRetries)) throw last;
    // The server asks for more than the caller waits.
    if (retryAfter > limits.maxRetryAfter) throw last;
    const delay = retryAfter || backoff(call.attempts, limits.retryDelay, Math.random());
    if (delay >= end - performance.now()) stop();
    const pause = withTimeLimit(delay, signal, async () => (signal?.aborted ? stop() : undefined));
    if (onRetry) {
      const event = { ...eventOf(call), error: copyOf(last), delay };
      // Nobody waits for the hook: one that hangs would hold up the call.
      void tellHook("onRetry", typeof login === "function" ? [] : login.secrets, () => onRetry(event));
    }
    await pause;
  }
}
