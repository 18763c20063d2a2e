const SAFE = /^(GET|HEAD|OPTIONS|TRACE)$/;
const IDEMPOTENT = /^(PUT|DELETE)$/;

/** Whether requests with a method change nothing (RFC 9110, section 9.2.1). Methods are in upper case. */
export function isSafe(method: string): boolean {
  return SAFE.test(method);
}

/** Whether several requests with a method do what one does (RFC 9110, section 9.2.2): they may be repeated. */
export function isIdempotent(method: string): boolean {
  return isSafe(method) || IDEMPOTENT.test(method);
}
