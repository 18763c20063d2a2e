import { copyOf, type Failure, isFailure } from "../errors/failure.ts";
import type { Settings } from "../settings/settings.ts";
import { type Call, eventOf, failure, stopError, toDotsError } from "./call.ts";
import { expiredKey } from "./expired-key.ts";
import type { Success } from "./read-success.ts";
import { backoff, isRetried } from "./retry.ts";
import { sendAttempt } from "./send-attempt.ts";
import { tellHook } from "./tell-hook.ts";
import { withTimeLimit } from "./time-limit.ts";

/**
 * Sends a request, and retries it if that is safe and may help.
 * @param prepare makes the call, at once
 * @throws DotsError
 */
export async function sendWithRetries<Data>(settings: Settings, prepare: () => Call): Promise<Success<Data>> {
  const call = prepare();
  let now = performance.now();
  const end = now + call.limits.deadline;
  let last: Failure | undefined;
  for (;;) {
    const remaining = end - now;
    if (call.signal?.aborted || remaining <= 0) throw stopped(call, last);
    const problem = expiredKey(call);
    if (problem) throw problem;
    call.attempts += 1;
    try {
      const ending = await sendAttempt<Data>(settings, call, remaining, now);
      if (!isFailure(ending)) return ending;
      last = ending;
    } catch (error) {
      last = toDotsError(error, { ...call, outcome: "unknown" });
    }
    call.outcome = last.outcome;
    await pauseAfter(last, settings, call, end);
    now = performance.now();
  }
}

/** The error of a call that was stopped after it had failed, or before it began. */
function stopped(call: Call, last: Failure | undefined): Failure {
  return stopError(call.signal, (name, what, more) =>
    failure(call, name, what, { ...last, cause: last, ...more }),
  );
}

/**
 * Waits before the next attempt.
 * @throws DotsError if there is none
 */
async function pauseAfter(last: Failure, settings: Settings, call: Call, end: number): Promise<void> {
  const { login, onRetry } = settings;
  const { operation, key, limits, signal, attempts } = call;
  const { retryAfter = 0 } = last;
  const isRepeatable = key !== undefined || operation.safe || operation.idempotent;
  if (!isRetried(isRepeatable, last, attempts, limits.maxRetries)) throw last;
  // The server asks for more than the caller waits.
  if (retryAfter > limits.maxRetryAfter) throw last;
  const delay = retryAfter || backoff(attempts, limits.retryDelay, Math.random());
  if (delay >= end - performance.now()) throw stopped(call, last);
  const pause = withTimeLimit(delay, signal, async () => {
    if (signal?.aborted) throw stopped(call, last);
  });
  if (onRetry) {
    const event = { ...eventOf(call), error: copyOf(last), delay };
    // Does not wait for the hook: one that hangs would block the call.
    void tellHook("onRetry", typeof login === "function" ? [] : login.secrets, () => onRetry(event));
  }
  await pause;
}
