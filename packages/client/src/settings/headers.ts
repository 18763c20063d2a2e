const REQUEST_IDS = ["x-request-id", "request-id", "x-correlation-id", "cf-ray"];

// `fetch` makes these of the request itself. Another value breaks the request after its connection was made.
const MADE_BY_FETCH = /^(content-length|transfer-encoding|connection|host|expect|upgrade)$/;

/**
 * Headers that override others, their names in lower case so that none is sent twice.
 * @throws Error when one cannot be sent.
 */
export function readHeaders(
  base: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  if (!headers) return base;
  const given = Object.fromEntries(new Headers(headers));
  const refused = Object.keys(given).find((name) => MADE_BY_FETCH.test(name));
  if (refused) throw new Error(`the header ${refused} cannot be given`);
  return { ...base, ...given };
}

/** The ID by which the server's people find a request. There is no standard name for its header. */
export function requestId(response: Response | undefined): string | undefined {
  for (const name of REQUEST_IDS) {
    const value = response?.headers?.get?.(name);
    if (value) return value;
  }
  return undefined;
}
