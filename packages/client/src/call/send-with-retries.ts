import { ApiError } from "../errors/api-error.ts";
import { copyError, type DotsError, InvalidRequestError } from "../errors/dots-error.ts";
import type { ApiResult } from "../runtime/api-call.ts";
import { isSameJson, parseJson, valueAt } from "../runtime/json.ts";
import type { Limits } from "../settings/limits.ts";
import type { Settings } from "../settings/settings.ts";
import { type Call, eventOf, factsOf, stopError, toDotsError } from "./call.ts";
import { requireKeyProtects } from "./expired-key.ts";
import { backoff, isRetried } from "./retry.ts";
import { sendAttempt } from "./send-attempt.ts";
import { tellHook } from "./tell-hook.ts";
import { pause, withTimeLimit } from "./time-limit.ts";

/**
 * Sends a request, again where that is safe and may help, until it is answered.
 * @throws DotsError
 */
export async function sendWithRetries<Data>(settings: Settings, given: Call): Promise<ApiResult<Data>> {
  const call = protectedCall(given);
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
    const left = end - performance.now();
    if (delay >= left) stop();
    const run = (stopped: AbortSignal): Promise<void> => {
      tellRetry(settings, call, failure, delay);
      return pause(delay, stopped);
    };
    await withTimeLimit(left, signal, { run, stop });
  }
}

/**
 * What protects is the key in the bytes that are sent, whatever was done to the body on the way.
 * @returns the call with the very bytes of the one that it continues
 * @throws InvalidRequestError when it is not there, or when the body is not that of the call which is continued.
 */
function protectedCall(call: Call): Call {
  const { operation, key, body = "", earlierBody = body } = call;
  if (!operation.key) return { ...call };
  if (valueAt(parseJson(body), operation.key) !== key) {
    throw new InvalidRequestError("the body lacks the idempotency key", factsOf(call));
  }
  if (body !== earlierBody && !isSameJson(body, earlierBody)) {
    throw new InvalidRequestError("the body differs from the one that was sent", {
      ...factsOf({ ...call, body: earlierBody }),
      outcome: "unknown",
    });
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

/** Nobody waits for the hook: one that hangs would hold up the call. */
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
