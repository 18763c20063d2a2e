import { NONE } from "../runtime/own-properties.ts";

/**
 * How long a call may take and how often it is retried. Times are in milliseconds.
 * @internal
 */
export interface Limits {
  readonly timeout: number;
  readonly deadline: number;
  readonly maxRetries: number;
  readonly retryDelay: number;
  readonly maxRetryAfter: number;
}

/** @internal */
export const DEFAULT_LIMITS: Limits = {
  timeout: 30_000,
  deadline: 2 ** 31 - 1,
  maxRetries: 2,
  retryDelay: 500,
  maxRetryAfter: 60_000,
};

/**
 * The longest `timeout`, in milliseconds. A request that waits longer could be sent after its idempotency key has
 * expired.
 */
export const longestTimeout: number = 600_000;

const NAMES = ["timeout", "deadline", "maxRetries", "retryDelay", "maxRetryAfter"] as const;

/**
 * The limits set by options, overriding the given ones.
 * @throws Error if one is not a usable number.
 * @internal
 */
export function readLimits(
  base: Limits,
  options: { readonly [Name in keyof Limits]?: number | undefined },
): Limits {
  if (options === NONE) return base;
  const limits: { -readonly [Name in keyof Limits]: number } = { ...base };
  for (const name of NAMES) {
    const { [name]: value = base[name] } = options;
    // With no time, no request can succeed. A timer set to 2 ** 31 milliseconds or more fires at once.
    const [least, most] = name === "timeout" ? [1, longestTimeout] : [0, 2 ** 31 - 1];
    if (typeof value !== "number" || !(value >= least && value <= most)) {
      throw new Error(`${name} has to be a number from ${least} to ${most}`);
    }
    limits[name] = value;
  }
  return limits;
}
