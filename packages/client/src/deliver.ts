import { type Answer, attempt, type Sendable } from "./attempt.ts";
import { backoff } from "./backoff.ts";
import { describe } from "./describe.ts";
import { AbortError } from "./errors/abort-error.ts";
import { ApiError } from "./errors/api-error.ts";
import { ConfigurationError } from "./errors/configuration-error.ts";
import { DeadlineError } from "./errors/deadline-error.ts";
import { DotsError } from "./errors/dots-error.ts";
import type { Limits } from "./limits.ts";
import { isRetried } from "./retry.ts";
import type { Settings } from "./settings.ts";
import { pause, within } from "./within.ts";

/** An answer, and how many attempts it took. */
export interface Delivered<Data> extends Answer<Data> {
  readonly attempts: number;
}

/**
 * Sends a request, again where that is safe and may help, until it is answered.
 * @throws DotsError
 */
export async function deliver<Data>(
  settings: Settings,
  sendable: Sendable,
  limits: Limits,
  signal: AbortSignal | null | undefined,
): Promise<Delivered<Data>> {
  const { operation, key } = sendable;
  const repeatable = key !== undefined || /^(GET|HEAD)$/.test(operation.method);
  const end = performance.now() + limits.deadline;
  const identity = { operation: operation.id, idempotencyKey: key };
  if (signal?.aborted) throw new AbortError("the call was aborted", { ...identity, outcome: "not_sent" });

  let last: DotsError | undefined;
  for (let attempts = 1; ; attempts++) {
    try {
      const answer = await attempt<Data>(settings, sendable, {
        attempt: attempts,
        before: last?.outcome ?? "not_sent",
        timeout: limits.timeout,
        remaining: end - performance.now(),
        signal,
      });
      return { ...answer, attempts };
    } catch (error) {
      if (!(error instanceof DotsError && isRetried(repeatable, error, attempts, limits.maxRetries)))
        throw error;
      last = error;
    }
    await rest(settings, sendable, limits, signal, last, end - performance.now());
  }
}

/** Waits until the next attempt is due, or throws where there will be none. */
function rest(
  { hooks }: Settings,
  { operation, key, url }: Sendable,
  limits: Limits,
  signal: AbortSignal | null | undefined,
  error: DotsError,
  remaining: number,
): Promise<void> {
  const asked = error instanceof ApiError ? error.retryAfter : undefined;
  if (asked !== undefined && asked > limits.maxRetryAfter) throw error;
  const delay = asked ?? backoff(error.attempts, limits.retryDelay, Math.random());
  const end = (aborted: boolean): DotsError =>
    aborted
      ? new AbortError(`the call was aborted after: ${error.message}`, error)
      : new DeadlineError(`there is no time left for another attempt after: ${error.message}`, error);
  if (delay >= remaining) throw end(false);
  const work = async (stopped: AbortSignal): Promise<void> => {
    try {
      await hooks.onRetry?.({
        operation: operation.id,
        method: operation.method,
        url,
        idempotencyKey: key,
        attempt: error.attempts,
        error,
        delay,
      });
    } catch (thrown) {
      throw new ConfigurationError(`onRetry failed: ${describe(thrown)}`, error);
    }
    await pause(delay, stopped);
  };
  return within(remaining, signal, work, end);
}
