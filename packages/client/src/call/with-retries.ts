import { ApiError } from "../errors/api-error.ts";
import type { DotsError, ErrorFacts } from "../errors/dots-error.ts";
import { AbortError, ConfigurationError, DeadlineError } from "../errors/dots-error.ts";
import type { ApiResult } from "../runtime/api-call.ts";
import type { Limits } from "../settings/limits.ts";
import { describe } from "../settings/redact.ts";
import type { Settings } from "../settings/settings.ts";
import { attempt, eventOf } from "./attempt.ts";
import { blame, type Prepared } from "./prepare.ts";
import { backoff, isRetried } from "./retry.ts";
import type { Sendable } from "./send.ts";
import { pause, within } from "./time-limit.ts";

/**
 * Sends a request, again where that is safe and may help, until it is answered.
 * @throws DotsError
 */
export function deliver<Data>(settings: Settings, prepared: Prepared): Promise<ApiResult<Data>> {
  const check = settings.validation?.answer;
  const pending = repeat<Data>(settings, prepared);
  return check ? pending.then((result) => check(prepared.operation.id, result)) : pending;
}

async function repeat<Data>(settings: Settings, prepared: Prepared): Promise<ApiResult<Data>> {
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
      const turn = { settings, sendable: prepared, attempt: attempts, before, timeout, remaining, signal };
      return await attempt<Data>(turn);
    } catch (error) {
      last = blame(error, prepared, attempts);
      if (!isRetried(repeatable, last, attempts, limits.maxRetries)) throw last;
    }
    const failure = last;
    const delay = wait(failure, limits);
    const left = end - performance.now();
    if (delay >= left) throw stop(false);
    await within(left, signal, {
      run: (stopped) => rest(settings, prepared, failure, delay, stopped),
      reason: stop,
    });
  }
}

/**
 * How long to wait before the next attempt, in milliseconds: what the server asks for, or else what the backoff says.
 * @throws the failure itself when the server asks for too much
 */
function wait(failure: DotsError, { retryDelay, maxRetryAfter }: Limits): number {
  const asked = failure instanceof ApiError ? failure.retryAfter : undefined;
  if (asked !== undefined && asked > maxRetryAfter) throw failure;
  return asked ?? backoff(failure.attempts, retryDelay, Math.random());
}

async function rest(
  { hooks }: Settings,
  sendable: Sendable,
  error: DotsError,
  delay: number,
  signal: AbortSignal,
): Promise<void> {
  try {
    await hooks.onRetry?.({ ...eventOf(sendable, error.attempts), error, delay });
  } catch (thrown) {
    throw new ConfigurationError(`onRetry failed: ${describe(thrown)}`, { ...error, cause: error });
  }
  await pause(delay, signal);
}
