/** A request as it came in, before anything is known of it. Header names are in lower case. */
export interface MockRequest {
  readonly method: string;
  /** The request target: path and query, as they were sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /**
   * Reads the body to its end.
   * @throws Refusal when it is too large or does not arrive.
   */
  body(): Promise<Uint8Array>;
}

/** The value of a header that was sent, several joined as RFC 9110 §5.3 has it. */
export function header({ headers }: Pick<MockRequest, "headers">, name: string): string | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return Array.isArray(value) ? value.join(", ") : value;
}

/** The path of a request's target, which may be a whole URL (RFC 9112 §3.2.2). */
export function pathOf({ target }: Pick<MockRequest, "target">): string {
  const end = target.indexOf("?");
  const whole = end === -1 ? target : target.slice(0, end);
  return whole.startsWith("/") ? whole : whole.replace(/^https?:\/\/[^/]*/i, "");
}

/** The query of a request's target: all that follows the first question mark, later ones included (RFC 3986 §3.4). */
export function queryOf({ target }: Pick<MockRequest, "target">): URLSearchParams {
  const start = target.indexOf("?");
  return new URLSearchParams(start === -1 ? "" : target.slice(start + 1));
}
