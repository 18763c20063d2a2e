const REQUEST_IDS = ["x-request-id", "request-id", "x-correlation-id", "cf-ray"];

/**
 * Headers above others, their names in lower case so that none is sent twice.
 * @throws TypeError when one cannot be sent.
 */
export function readHeaders(
  base: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  return headers ? { ...base, ...Object.fromEntries(new Headers(headers)) } : base;
}

/** The ID by which the server's people find a request. There is no standard name for its header. */
export function requestId({ headers }: Response): string | undefined {
  for (const name of REQUEST_IDS) {
    const value = headers?.get?.(name);
    if (value) return value;
  }
  return undefined;
}
