import { ApiError } from "../errors/api-error.ts";
import type { DotsError, ErrorFacts } from "../errors/dots-error.ts";
import { AbortError, ConfigurationError, DeadlineError } from "../errors/dots-error.ts";
import type { ApiResult } from "../runtime/api-call.ts";
import type { Limits } from "../settings/limits.ts";
import { describe } from "../settings/redact.ts";
import type { Settings } from "../settings/settings.ts";
import { type PreparedCall, toDotsError } from "./prepare-call.ts";
import { backoff, isRetried } from "./retry.ts";
import { eventOf, sendAttempt } from "./send-attempt.ts";
import type { OutgoingRequest } from "./send-request.ts";
import { pause, withTimeLimit } from "./time-limit.ts";

/**
 * Sends a request, again where that is safe and may help, until it is answered.
 * @throws DotsError
 */
export function sendWithRetries<Data>(settings: Settings, prepared: PreparedCall): Promise<ApiResult<Data>> {
  const check = settings.validation?.answer;
  const pending = attemptUntilAnswered<Data>(settings, prepared);
  return check ? pending.then((result) => check(prepared.operation.id, result)) : pending;
}

async function attemptUntilAnswered<Data>(
  settings: Settings,
  prepared: PreparedCall,
): Promise<ApiResult<Data>> {
  const { operation, key, limits, signal } = prepared;
  const repeatable = key !== undefined || /^(GET|HEAD)$/.test(operation.method);
  const end = performance.now() + limits.deadline;
  let last: DotsError | undefined;
  const stop = (aborted: boolean): DotsError => {
    const facts: ErrorFacts = last
      ? { ...last, cause: last }
      : { operation: operation.id, idempotencyKey: key, outcome: "not_sent" };
    return aborted
      ? new AbortError("the call was aborted", facts)
      : new DeadlineError("the deadline leaves no more time", facts);
  };

  for (let attempts = 1; ; attempts++) {
    const remaining = end - performance.now();
    if (signal?.aborted || remaining <= 0) throw stop(remaining > 0);
    try {
      const before = last?.outcome ?? "not_sent";
      const { timeout } = limits;
      const plan = { settings, outgoing: prepared, attempt: attempts, before, timeout, remaining, signal };
      return await sendAttempt<Data>(plan);
    } catch (error) {
      last = toDotsError(error, prepared, attempts);
      if (!isRetried(repeatable, last, attempts, limits.maxRetries)) throw last;
    }
    const failure = last;
    const delay = retryDelayAfter(failure, limits);
    const left = end - performance.now();
    if (delay >= left) throw stop(false);
    await withTimeLimit(left, signal, {
      run: (stopped) => waitToRetry(settings, prepared, failure, delay, stopped),
      stopError: stop,
    });
  }
}

/**
 * How long to wait before the next attempt, in milliseconds: what the server asks for, or else what the backoff says.
 * @throws the failure itself when the server asks for too much
 */
function retryDelayAfter(failure: DotsError, { retryDelay, maxRetryAfter }: Limits): number {
  const asked = failure instanceof ApiError ? failure.retryAfter : undefined;
  if (asked !== undefined && asked > maxRetryAfter) throw failure;
  return asked ?? backoff(failure.attempts, retryDelay, Math.random());
}

async function waitToRetry(
  { hooks }: Settings,
  outgoing: OutgoingRequest,
  error: DotsError,
  delay: number,
  signal: AbortSignal,
): Promise<void> {
  try {
    await hooks.onRetry?.({ ...eventOf(outgoing, error.attempts), error, delay });
  } catch (thrown) {
    throw new ConfigurationError(`onRetry failed: ${describe(thrown)}`, { ...error, cause: error });
  }
  await pause(delay, signal);
}
