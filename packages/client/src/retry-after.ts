/**
 * How long a `Retry-After` header asks to wait (RFC 9110, section 10.2.3), in milliseconds. `undefined` where it asks
 * for nothing that can be kept: no header, junk, a negative number, a time that has passed, or no time at all. Of the
 * forms of a date only IMF-fixdate is read, which is the one that may still be sent.
 * @param now milliseconds since the epoch
 */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  const value = String(header).trim();
  const date = new Date(value);
  const isFixdate = date.toUTCString() === value;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : isFixdate ? date.getTime() - now : 0;
  return wait > 0 ? wait : undefined;
}
