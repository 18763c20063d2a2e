import { ApiError } from "../errors/api-error.ts";
import { copyError, type DotsError, InvalidRequestError } from "../errors/dots-error.ts";
import type { ApiResult } from "../runtime/api-call.ts";
import { canonicalJson, parseJson, valueAt } from "../runtime/json.ts";
import type { Limits } from "../settings/limits.ts";
import type { Settings } from "../settings/settings.ts";
import {
  type CallProgress,
  eventOf,
  factsOf,
  requireKeyProtects,
  startCall,
  stopError,
} from "./call-progress.ts";
import { type PreparedCall, toDotsError } from "./prepare-call.ts";
import { backoff, isRetried } from "./retry.ts";
import { sendAttempt, tellHook } from "./send-attempt.ts";
import { pause, withTimeLimit } from "./time-limit.ts";

/**
 * Sends a request, again where that is safe and may help, until it is answered.
 * @throws DotsError
 */
export async function sendWithRetries<Data>(
  settings: Settings,
  given: PreparedCall,
): Promise<ApiResult<Data>> {
  const call = protectedCall(given);
  const { operation, key, limits, signal } = call;
  const progress = startCall(call);
  const isRepeatable = key !== undefined || /^(GET|HEAD)$/.test(operation.method);
  const end = performance.now() + limits.deadline;
  let last: DotsError | undefined;
  const stop = (): never => {
    throw stopError(signal, { ...last, ...factsOf(progress), cause: last });
  };

  for (;;) {
    const remaining = end - performance.now();
    if (signal?.aborted || remaining <= 0) stop();
    requireKeyProtects(progress);
    progress.attempts += 1;
    try {
      return await sendAttempt<Data>(settings, progress, remaining);
    } catch (error) {
      last = toDotsError(error, call, progress.attempts);
      progress.outcome = last.outcome;
      if (!isRetried(isRepeatable, last, progress.attempts, limits.maxRetries)) throw last;
    }
    const failure = last;
    const delay = retryDelayAfter(failure, limits);
    const left = end - performance.now();
    if (delay >= left) stop();
    await withTimeLimit(left, signal, {
      run: (stopped) => waitToRetry(settings, progress, failure, delay, stopped),
      stop,
    });
  }
}

/**
 * What protects is the key in the bytes that are sent, whatever was done to the body on the way.
 * @returns the call with the very bytes of the one that it continues
 * @throws InvalidRequestError when it is not there, or when the body is not that of the call which is continued.
 */
function protectedCall(call: PreparedCall): PreparedCall {
  const { operation, key, body = "", earlierBody = body } = call;
  if (!operation.key) return call;
  const facts = { ...factsOf(startCall(call)), requestBody: earlierBody };
  if (valueAt(parseJson(body), operation.key) !== key) {
    throw new InvalidRequestError("the body that would be sent does not hold the idempotency key", facts);
  }
  if (body !== earlierBody && canonicalJson(parseJson(body)) !== canonicalJson(parseJson(earlierBody))) {
    const problem =
      "the body that would be sent differs from the one that was sent with this idempotency key";
    throw new InvalidRequestError(problem, { ...facts, outcome: "unknown" });
  }
  return { ...call, body: earlierBody };
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
  { hooks: { onRetry }, login }: Settings,
  progress: CallProgress,
  failure: DotsError,
  delay: number,
  signal: AbortSignal,
): Promise<void> {
  if (onRetry) {
    const secrets = typeof login === "function" ? [] : login.secrets;
    // Nobody waits for it: one that hangs would hold up the call.
    void tellHook("onRetry", secrets, () =>
      onRetry({ ...eventOf(progress), error: copyError(failure), delay }),
    );
  }
  await pause(delay, signal);
}
