import { isObject } from "../runtime/json.ts";
import { hasNotStarted } from "./knowing-fetch.ts";

/**
 * Whether it is certain that nothing of a request was sent.
 * @param error what the `fetch` failed with; `undefined` where it has not ended
 * @param given the `fetch` that the caller gave
 */
export function wasNeverSent(
  error: unknown,
  given: typeof fetch | ((url: string, init: RequestInit) => Promise<Response>) | undefined,
  signal: AbortSignal,
): boolean {
  const used: unknown = given ?? globalThis.fetch;
  if (typeof used !== "function") return true;
  const known = hasNotStarted(used, signal);
  if (known !== undefined) return known && (error === undefined || neverConnected(error));
  return isRuntimesOwn(used) && neverConnected(error);
}

// The text of the function as Node, Deno and a runtime in native code have it. A function that wraps it has another.
const OWN_FETCH = /internal\/deps\/undici|lazyFetch\(\)|^function fetch\(\) \{\s*\[native code\]\s*\}$/;

/**
 * Whether the runtime itself sends requests by this function, each once. A wrapper may send a request twice, or another
 * one beside it, and then the last failure says nothing of the first request.
 */
function isRuntimesOwn(fetch: object): boolean {
  return OWN_FETCH.test(Function.prototype.toString.call(fetch)) && ["1", "2"].every(isPlainDispatcher);
}

/** Node's fetch sends by a dispatcher that a program can replace, with one that retries for instance. */
function isPlainDispatcher(version: string): boolean {
  const dispatcher: unknown = Reflect.get(globalThis, Symbol.for(`undici.globalDispatcher.${version}`));
  if (!isObject(dispatcher)) return true;
  const prototype: unknown = Object.getPrototypeOf(dispatcher);
  return (
    isObject(prototype) &&
    // Composed with interceptors it has another method.
    prototype["dispatch"] === dispatcher["dispatch"] &&
    /^(Agent|EnvHttpProxyAgent|ProxyAgent|Dispatcher1Wrapper)$/.test(dispatcher.constructor.name)
  );
}

// What Node, Bun and their TLS library call a failure that comes before the first byte of a request is written.
const BEFORE_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_|UND_ERR_CONNECT_|ConnectionRefused|FailedToOpen|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_|ERR_TLS_(CERT|HAND)|ERR_SSL_(WRONG|.*HAND))/;

// Deno says it in words alone, and so does undici of a proxy that does not open a tunnel.
const NOT_CONNECTED = /client error \(Connect\)|^Proxy response \(\d+\) !== 200 when HTTP Tunneling/;

/**
 * Whether an error of the runtime's `fetch` says that no connection came about. Runtimes that do not tell (browsers,
 * workerd) get `false`: what is not known to be safe is not.
 */
export function neverConnected(error: unknown): boolean {
  if (!isObject(error)) return false;
  const { code, syscall, message, errors, cause } = error;
  return (
    syscall === "connect" ||
    BEFORE_CONNECTED.test(String(code)) ||
    NOT_CONNECTED.test(String(message)) ||
    (Array.isArray(errors) && errors.length > 0 && errors.every(neverConnected)) ||
    (cause !== error && neverConnected(cause))
  );
}
