import { isBrowser } from "../runtime/is-browser.ts";
import { isObject } from "../runtime/json.ts";
import { HAS_STARTED, isKnowing, SENDS_ONCE } from "./knowing-fetch.ts";
import { globalDispatcher, isPlainGlobal } from "./plain-dispatcher.ts";

type Fetch = typeof fetch | ((url: string, init: RequestInit) => Promise<Response>);

/**
 * Whether it is certain that nothing of a request was sent.
 * @param error what the `fetch` failed with; `undefined` where it has not ended
 * @param given the `fetch` that the caller gave
 */
export function wasNeverSent(error: unknown, given: Fetch | undefined, signal: AbortSignal): boolean {
  const used: unknown = given ?? globalThis.fetch;
  if (typeof used !== "function") return true;
  if (isKnowing(used)) {
    return !used[HAS_STARTED](signal) && (error === undefined || neverConnected(error));
  }
  return isRuntimesOwn(used) && neverConnected(error);
}

/**
 * Whether a request is sent once at most. If it may be sent again by what lies beneath, an answer may be about the
 * second time alone, and a refusal then does not say that nothing was carried out.
 */
export function sendsOnce(given: Fetch | undefined, body: string | undefined): boolean {
  const used: unknown = given ?? globalThis.fetch;
  if (typeof used !== "function") return false;
  if (isKnowing(used)) return used[SENDS_ONCE]();
  return isRuntimesOwn(used) && !isBrowser() && (body !== undefined || !("Deno" in globalThis));
}

/**
 * A body for `fetch`. Deno sends a request once more by itself when a connection that it has used before breaks, even
 * one that was carried out; but not when it cannot read the body twice.
 */
export function bodyFor(
  body: string,
  key: string | undefined,
  given: Fetch | undefined,
): Pick<RequestInit, "body" | "duplex"> {
  // With a key, a stub or a wrapper may have its text: then a refusal is no proof.
  return "Deno" in globalThis && (key === undefined || isRuntimesOwn(given ?? fetch))
    ? { body: new Blob([body]).stream(), duplex: "half" }
    : { body };
}

// The functions of Node, Bun and Deno, without comments and spaces. Whatever wraps one of them has another text.
const OWN_FETCHES = [
  /^functionfetch\(input,init=undefined\)\{if\(!fetchImpl\)\{constundiciModule=require\('internal\/deps\/undici\/undici'\);fetchImpl=undiciModule\.fetch;\}returnfetchImpl\(input,init\);\}$/,
  /^functionfetch\(\)\{\[nativecode\]\}$/,
  /^functionfetch\(\.\.\.(\w+)\)\{returnlazyFetch\(\)\.fetch\(\.\.\.new\w+\(\1\)\)\}$/,
];

/**
 * Whether the runtime itself sends requests by this function, each once. A wrapper may send a request twice, or another
 * one beside it, and then the last failure says nothing of the first request.
 */
function isRuntimesOwn(fetch: { readonly name: string }): boolean {
  const text = Function.prototype.toString.call(fetch).replace(/\/\/.*|\s+/g, "");
  // Bun shows a bound function as native code.
  const isOwn = fetch.name === "fetch" && OWN_FETCHES.some((own) => own.test(text));
  // Node's sends by a dispatcher that a program can replace, with one that retries for instance.
  return (
    isOwn &&
    [globalDispatcher("1"), globalDispatcher("2")].every((one) => one === undefined || isPlainGlobal(one))
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
