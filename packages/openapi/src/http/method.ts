const SAFE = /^(GET|HEAD|OPTIONS|TRACE)$/;
const IDEMPOTENT = /^(PUT|DELETE)$/;

/** Whether requests with a method change nothing (RFC 9110, section 9.2.1). Methods are in upper case. */
export function isSafe(method: string): boolean {
  return SAFE.test(method);
}

/** Whether a method is idempotent (RFC 9110, section 9.2.2), so that requests may be repeated. */
export function isIdempotent(method: string): boolean {
  return isSafe(method) || IDEMPOTENT.test(method);
}
