import type { Outcome } from "../runtime/outcome.ts";

/** As much of a failure as it takes to decide. */
export interface Failure {
  readonly name: string;
  readonly status?: number | undefined;
  readonly outcome: Outcome;
}

// The statuses are Request Timeout, Too Many Requests, Internal Server Error, Bad Gateway, Service Unavailable and Gateway
// Timeout. Other errors may carry one too: that of an answer which is not what ended the call.
const MAY_PASS =
  /^(Connection|Timeout|UnreadableAnswer)Error|^(Api|RateLimit|Server)Error (408|429|50[0234])$/;

/**
 * Whether a failed attempt is followed by another. What may pass is worth a retry; but where repeating a request may
 * carry it out twice, only if it surely was not carried out.
 * @param repeatable whether the same request can be carried out once only, however often it is sent
 * @param attempt the number of attempts that have been made
 */
export function isRetried(
  repeatable: boolean | undefined,
  failure: Failure,
  attempt: number,
  maxRetries: number,
): boolean {
  const { name, status, outcome } = failure;
  const isWorthIt = attempt <= maxRetries && MAY_PASS.test(`${name} ${status}`);
  return isWorthIt && (repeatable === true || outcome !== "unknown");
}

const LONGEST = 8_000;

/**
 * How long to wait after an attempt, in milliseconds: exponential with full jitter, so that clients that failed
 * together do not come back together.
 * @param attempt the number of attempts that have been made, from 1
 * @param base the longest wait after the first attempt
 * @param random a number from 0 up to 1
 */
export function backoff(attempt: number, base: number, random: number): number {
  return random * Math.min(Math.max(base, LONGEST), base * 2 ** (attempt - 1));
}

/**
 * How long a `Retry-After` header asks to wait (RFC 9110, section 10.2.3), in milliseconds. `undefined` where it asks
 * for nothing that can be kept: no header, junk, a negative number, a time that has passed, or no time at all. Of the
 * forms of a date only IMF-fixdate is read, which is the one that may still be sent.
 * @param now the time by the server's own clock, in milliseconds since the epoch
 */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  const value = String(header).trim();
  const date = new Date(value);
  const isFixdate = date.toUTCString() === value;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : isFixdate ? date.getTime() - now : 0;
  return wait > 0 ? wait : undefined;
}
