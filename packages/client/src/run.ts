import type { Sendable } from "./attempt.ts";
import type { KeyedCallOptions } from "./call-options.ts";
import { type Delivered, deliver } from "./deliver.ts";
import { describe } from "./describe.ts";
import { DotsError } from "./errors/dots-error.ts";
import { InvalidRequestError } from "./errors/invalid-request-error.ts";
import { withKey } from "./idempotency.ts";
import { readLimits } from "./limits.ts";
import type { Operation } from "./operation.ts";
import type { Settings } from "./settings.ts";

/** A request that is ready but for its key, and the way to send it. */
export interface Run {
  readonly key: string | undefined;
  readonly body: unknown;
  readonly send: <Data>(parts: Pick<Sendable, "url" | "headers" | "body">) => Promise<Delivered<Data>>;
}

/**
 * Makes a call: gives it its key, and sees to it that whatever goes wrong on the way is a DotsError.
 * @param how builds the request and sends it
 */
export async function run<Result>(
  settings: Settings,
  operation: Operation,
  options: Omit<KeyedCallOptions, "headers">,
  given: unknown,
  how: (run: Run) => Promise<Result>,
): Promise<Result> {
  let idempotencyKey = options.idempotencyKey;
  let sent = false;
  try {
    const limits = readLimits(settings.limits, options);
    const { body, key } = withKey(operation, given, idempotencyKey);
    idempotencyKey = key;
    return await how({
      key,
      body,
      send: (parts) => {
        sent = true;
        return deliver(settings, { operation, key, ...parts }, limits, options.signal);
      },
    });
  } catch (error) {
    if (error instanceof DotsError) throw error;
    const outcome = sent ? "unknown" : "not_sent";
    throw new InvalidRequestError(describe(error), { operation: operation.id, idempotencyKey, outcome });
  }
}
