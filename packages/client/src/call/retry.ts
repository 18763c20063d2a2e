import type { Outcome } from "../runtime/outcome.ts";

/** The facts about a failure that the decision needs. */
export interface Failure {
  readonly name: string;
  readonly status?: number | undefined;
  readonly outcome: Outcome;
}

// The statuses are Request Timeout, Too Many Requests, Internal Server Error, Bad Gateway, Service Unavailable and Gateway
// Timeout. Other errors may have one too, from an answer that did not end the call.
const MAY_PASS =
  /^(Connection|Timeout|UnreadableAnswer)Error|^(Api|RateLimit|Server)Error (408|429|50[0234])$/;

/**
 * Whether to retry a failed attempt. Temporary failures are retried; but if repeating the request may carry it out
 * twice, only those where it was certainly not carried out.
 * @param repeatable whether the request is carried out at most once, however often it is sent
 * @param attempt the number of attempts made so far
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
 * together don't retry together.
 * @param attempt the number of attempts made so far, from 1
 * @param base the longest wait after the first attempt
 * @param random a number from 0 up to 1
 */
export function backoff(attempt: number, base: number, random: number): number {
  return random * Math.min(Math.max(base, LONGEST), base * 2 ** (attempt - 1));
}

/**
 * How long a `Retry-After` header asks to wait (RFC 9110, section 10.2.3), in milliseconds. `undefined` if there is
 * nothing to wait for: no header, junk, a negative number, a time in the past, or no time at all. The only date format
 * supported is IMF-fixdate, the only one that servers may still send.
 * @param now the time by the server's own clock, in milliseconds since the epoch
 */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  const value = String(header).trim();
  const date = new Date(value);
  const isFixdate = date.toUTCString() === value;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : isFixdate ? date.getTime() - now : 0;
  return wait > 0 ? wait : undefined;
}
