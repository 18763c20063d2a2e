import { type Dispatcher, request } from "undici";

/**
 * A `fetch` for a client in Node that sends requests by undici's own API, which takes less time than the global one.
 * Redirects are not followed.
 *
 * @param dispatcher what sends the requests, such as an undici `Agent` or `ProxyAgent`; undici's global one by default
 * @example
 * ```ts
 * const dots = new Dots({ environment: "sandbox", fetch: undiciFetch() });
 * ```
 */
export function undiciFetch(
  dispatcher?: Dispatcher,
): (url: string, init: RequestInit) => Promise<UndiciResponse> {
  return async (url, { method = "GET", headers = {}, body = null, signal }) => {
    if (body !== null && typeof body !== "string") throw new TypeError("undiciFetch sends nothing but text");
    const answer = await request(url, {
      method,
      headers: isRecord(headers) ? headers : Object.fromEntries(new Headers(headers)),
      body,
      ...(signal && { signal }),
      ...(dispatcher && { dispatcher }),
    });
    return new UndiciResponse(answer);
  };
}

/** A response whose text comes from undici directly, and not through a web stream, which takes longer. */
class UndiciResponse extends Response {
  readonly #content: Dispatcher.ResponseData["body"];

  constructor({ statusCode, headers, body }: Dispatcher.ResponseData) {
    super(null, { status: statusCode });
    for (const name in headers) {
      for (const value of [headers[name] ?? []].flat()) this.headers.append(name, value);
    }
    this.#content = body;
  }

  override readonly text = (): Promise<string> => this.#content.text();

  override readonly json = (): Promise<unknown> => this.#content.json();
}

function isRecord(headers: NonNullable<RequestInit["headers"]>): headers is Record<string, string> {
  return !(Symbol.iterator in headers);
}
