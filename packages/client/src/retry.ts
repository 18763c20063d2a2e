import type { Outcome } from "./outcome.ts";

/** As much of a failure as it takes to decide. */
export interface Failure {
  readonly name: string;
  readonly status?: number | undefined;
  readonly outcome: Outcome;
}

// Some of these carry a status too: that of an answer which is not what ended the call.
const FINAL = /^(Abort|Configuration|Deadline)Error$/;

const TRANSIENT = /^(Connection|Timeout|UnreadableAnswer)Error$/;

const TRANSIENT_STATUSES = [
  408, // Request Timeout
  429, // Too Many Requests
  500, // Internal Server Error
  502, // Bad Gateway
  503, // Service Unavailable
  504, // Gateway Timeout
];

/**
 * Whether a failed attempt is followed by another. What may pass is worth a retry; but where repeating a request may
 * carry it out twice, only if it surely was not carried out.
 * @param repeatable whether the same request can be carried out once only, however often it is sent
 * @param attempt the number of attempts that have been made
 */
export function isRetried(
  repeatable: boolean,
  failure: Failure,
  attempt: number,
  maxRetries: number,
): boolean {
  const { name, status = 0, outcome } = failure;
  const mayPass = TRANSIENT.test(name) || (TRANSIENT_STATUSES.includes(status) && !FINAL.test(name));
  return attempt <= maxRetries && mayPass && (repeatable || outcome !== "unknown");
}
