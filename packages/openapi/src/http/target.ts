/** The path of a request target, which may be a full URL (RFC 9112 §3.2.2). */
export function pathOf(target: string): string {
  const end = target.indexOf("?");
  const whole = end === -1 ? target : target.slice(0, end);
  return whole.startsWith("/") ? whole : whole.replace(/^https?:\/\/[^/]*/i, "");
}

/** The query of a request target: everything after the first question mark, including later ones (RFC 3986 §3.4). */
export function queryOf(target: string): URLSearchParams {
  const start = target.indexOf("?");
  return new URLSearchParams(start === -1 ? "" : target.slice(start + 1));
}
