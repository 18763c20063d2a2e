import { copyError, type DotsError } from "../errors/dots-error.ts";
import type { Limits } from "../settings/limits.ts";
import type { Settings } from "../settings/settings.ts";
import { type Call, eventOf, factsOf, stopError, toDotsError } from "./call.ts";
import { requireKeyProtects } from "./expired-key.ts";
import type { Success } from "./read-success.ts";
import { backoff, isRetried } from "./retry.ts";
import { sendAttempt } from "./send-attempt.ts";
import { tellHook } from "./tell-hook.ts";
import { withTimeLimit } from "./time-limit.ts";

/**
 * Sends a request, and retries it if that is safe and may help.
 * @param call records its progress
 * @throws DotsError
 */
export async function sendWithRetries<Data>(settings: Settings, call: Call): Promise<Success<Data>> {
  const { operation, key, limits, signal } = call;
  const isRepeatable = key !== undefined || operation.safe === true || operation.idempotent === true;
  const end = performance.now() + limits.deadline;
  let last: DotsError | undefined;
  const stop = (): never => {
    throw stopError(signal, { ...last, ...factsOf(call), cause: last });
  };

  for (;;) {
    const remaining = end - performance.now();
    if (signal?.aborted || remaining <= 0) stop();
    requireKeyProtects(call);
    call.attempts += 1;
    try {
      return await sendAttempt<Data>(settings, call, remaining);
    } catch (error) {
      last = toDotsError(error, { ...call, outcome: "unknown" });
      call.outcome = last.outcome;
      if (!isRetried(isRepeatable, last, call.attempts, limits.maxRetries)) throw last;
    }
    const failure = last;
    const delay = retryDelayAfter(failure, limits);
    if (delay >= end - performance.now()) stop();
    const pause = withTimeLimit(delay, signal, { stop: () => (signal?.aborted ? stop() : undefined) });
    tellRetry(settings, call, failure, delay);
    await pause;
  }
}

/**
 * How long to wait before the next attempt, in milliseconds: as long as the server asks for, or the backoff.
 * @throws the failure itself if the server asks for too long a wait
 */
function retryDelayAfter(failure: DotsError, { retryDelay, maxRetryAfter }: Limits): number {
  const { retryAfter, attempts } = failure;
  if (retryAfter !== undefined && retryAfter > maxRetryAfter) throw failure;
  return retryAfter ?? backoff(attempts, retryDelay, Math.random());
}

/** Does not wait for the hook: one that hangs would block the call. */
function tellRetry(
  { hooks: { onRetry }, login }: Settings,
  call: Call,
  failure: DotsError,
  delay: number,
): void {
  if (!onRetry) return;
  const secrets = typeof login === "function" ? [] : login.secrets;
  void tellHook("onRetry", secrets, () => onRetry({ ...eventOf(call), error: copyError(failure), delay }));
}
