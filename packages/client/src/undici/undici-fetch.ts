import { type Dispatcher, getGlobalDispatcher } from "undici";
import { HAS_STARTED, type KnowingFetch, SENDS_ONCE } from "../transport/knowing-fetch.ts";
import { isPlainDispatcher, isPlainGlobal } from "../transport/plain-dispatcher.ts";
import { Exchange } from "./exchange.ts";

/** A `fetch` that also knows what it has started to send. */
export type UndiciFetch = KnowingFetch & ((url: string, init: RequestInit) => Promise<Response>);

/**
 * A `fetch` for Node that sends requests with undici's own API, which is faster than the global one. Redirects are
 * never followed, whatever interceptors the dispatcher has. A refusal only counts as proof that nothing was carried out
 * if the dispatcher is one of undici's own that send each request once: not with a `RetryAgent`, interceptors or a
 * `MockAgent`.
 *
 * @param dispatcher what sends the requests, such as an undici `Agent` or `ProxyAgent`; undici's global one by default
 * @example
 * ```ts
 * const dots = new Dots({ environment: "sandbox", fetch: undiciFetch() });
 * ```
 */
export function undiciFetch(dispatcher?: Dispatcher): UndiciFetch {
  const started = new WeakSet<AbortSignal>();
  const send = async (url: string, init: RequestInit): Promise<Response> => {
    const { method = "GET", headers = {}, body = null, cache, signal } = init;
    if (body !== null && typeof body !== "string") throw new TypeError("undiciFetch sends nothing but text");
    const { origin, pathname, search } = new URL(url);
    const exchange = new Exchange(signal, () => signal && started.add(signal));
    const options = {
      origin,
      path: pathname + search,
      method,
      headers: {
        ...(cache === "no-store" && NO_STORE),
        ...(isRecord(headers) ? headers : Object.fromEntries(new Headers(headers))),
      },
      body,
      // Disables undici's redirect interceptor, which would send the body to another server.
      maxRedirections: 0,
    };
    (dispatcher ?? getGlobalDispatcher()).dispatch(options, exchange);
    return exchange.response;
  };
  return Object.assign(send, {
    [HAS_STARTED]: (signal: AbortSignal) => started.has(signal),
    [SENDS_ONCE]: () => (dispatcher ? isPlainDispatcher(dispatcher) : isPlainGlobal(getGlobalDispatcher())),
  });
}

/** By these a cache on the way, or an interceptor of undici that caches, hears of the option, as `fetch` tells it. */
const NO_STORE = { "cache-control": "no-cache, no-store", pragma: "no-cache" };

function isRecord(headers: NonNullable<RequestInit["headers"]>): headers is Record<string, string> {
  return !(Symbol.iterator in headers);
}
