/** A request as received, before it is interpreted. Header names are in lower case. */
export interface MockRequest {
  readonly method: string;
  /** The request target: path and query, as they were sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /**
   * Reads the body to its end.
   * @throws Refusal if it is too large or does not arrive.
   */
  body(): Promise<Uint8Array>;
}

/** The value of a header, several joined according to RFC 9110 §5.3. */
export function header({ headers }: Pick<MockRequest, "headers">, name: string): string | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return Array.isArray(value) ? value.join(", ") : value;
}
