/** How long a call may take and how often it is made. Times are in milliseconds. */
export interface Limits {
  readonly timeout: number;
  readonly deadline: number;
  readonly maxRetries: number;
  readonly retryDelay: number;
  readonly maxRetryAfter: number;
}

export const DEFAULT_LIMITS: Limits = {
  timeout: 30_000,
  deadline: 2 ** 31 - 1,
  maxRetries: 2,
  retryDelay: 500,
  maxRetryAfter: 60_000,
};

/**
 * The limits that options set, above others.
 * @throws Error when one is no number that can be kept.
 */
export function readLimits(
  base: Limits,
  options: { readonly [Name in keyof Limits]?: number | undefined },
): Limits {
  const read = (name: keyof Limits): number => {
    const value = options[name];
    if (value === undefined) return base[name];
    // A timer that is set to 2 ** 31 milliseconds or more fires at once.
    if (typeof value === "number" && value >= 0 && value < 2 ** 31) return value;
    throw new Error(`${name} has to be a number from 0 to 2147483647`);
  };
  return {
    timeout: read("timeout"),
    deadline: read("deadline"),
    maxRetries: read("maxRetries"),
    retryDelay: read("retryDelay"),
    maxRetryAfter: read("maxRetryAfter"),
  };
}
