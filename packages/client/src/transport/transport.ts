import { isBrowser } from "../runtime/is-browser.ts";
import { isObject } from "../runtime/json.ts";
import { HAS_STARTED, isKnowing, SENDS_ONCE } from "./knowing-fetch.ts";
import { globalDispatcher, isPlainGlobal } from "./plain-dispatcher.ts";

type Fetch = typeof fetch | ((url: string, init: RequestInit) => Promise<Response>);

/**
 * Whether it is certain that no part of a request was sent.
 * @param error what the `fetch` failed with; `undefined` if it has not ended
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
 * Whether a request is sent at most once. If a lower layer may send it again, an answer may be about the second request
 * only, and a refusal does not prove that nothing was carried out.
 */
export function sendsOnce(given: Fetch | undefined, body: string | undefined): boolean {
  const used: unknown = given ?? globalThis.fetch;
  if (typeof used !== "function") return false;
  if (isKnowing(used)) return used[SENDS_ONCE]();
  return isRuntimesOwn(used) && !isBrowser() && (body !== undefined || !("Deno" in globalThis));
}

/** The options of a request with a body. */
type Init = RequestInit & { readonly headers: Record<string, string> };

/**
 * Adds a body to the options of a `fetch`. A runtime's own gets a stream where it may send a text twice. Stubs and
 * wrappers get a text.
 */
export function addBody(init: Init, body: string, key: string | undefined, given: Fetch | undefined): void {
  const used = given ?? globalThis.fetch;
  init.body = body;
  if ("Deno" in globalThis) {
    // Deno resends a request if a reused connection breaks, even if it was carried out.
    if (key === undefined || isRuntimesOwn(used)) {
      init.body = new Blob([body]).stream();
      init.duplex = "half";
    }
  } else if (isNodes(used)) {
    // Node resends a request if the answer is 421. A text also takes longer, because Node copies it for that.
    const bytes = new TextEncoder().encode(body);
    init.body = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes);
        controller.close();
      },
    });
    init.duplex = "half";
    init.headers["content-length"] = `${bytes.length}`;
    // Otherwise some versions fail on a 401, because they can't resend the request with other credentials.
    init.credentials = "omit";
  }
}

// The source text of the function, without comments and spaces. A wrapper function has a different one.
const NODES_FETCH =
  /^functionfetch\(input,init=undefined\)\{if\(!fetchImpl\)\{constundiciModule=require\('internal\/deps\/undici\/undici'\);fetchImpl=undiciModule\.fetch;\}returnfetchImpl\(input,init\);\}$/;
const OWN_FETCHES = [
  NODES_FETCH,
  // Native runtimes.
  /^functionfetch\(\)\{\[nativecode\]\}$/,
  // Deno.
  /^functionfetch\(\.\.\.(\w+)\)\{returnlazyFetch\(\)\.fetch\(\.\.\.new\w+\(\1\)\)\}$/,
];

let last: { readonly fetch: object; readonly dispatcher: unknown; readonly isNodes: boolean } | undefined;

/** Whether this is Node's own `fetch`, with a dispatcher that sends each request once. */
function isNodes(fetch: { readonly name: string }): boolean {
  // Some versions of Node use another one as well, but change both.
  const dispatcher = globalDispatcher("1");
  // This is asked for every request, and takes long to find out.
  if (last?.fetch !== fetch || last.dispatcher !== dispatcher) {
    last = { fetch, dispatcher, isNodes: NODES_FETCH.test(sourceOf(fetch)) && isRuntimesOwn(fetch) };
  }
  return last.isNodes;
}

function sourceOf(fetch: object): string {
  return Function.prototype.toString.call(fetch).replace(/\/\/.*|\s+/g, "");
}

/**
 * Whether this is the runtime's own function, which sends each request once. A wrapper may send a request twice, or
 * send other requests too, and then the last failure says nothing about the first request.
 */
function isRuntimesOwn(fetch: { readonly name: string }): boolean {
  const source = sourceOf(fetch);
  // Bun shows a bound function as native code.
  const isOwn = fetch.name === "fetch" && OWN_FETCHES.some((own) => own.test(source));
  // Node's fetch uses a dispatcher that a program can replace, for instance with one that retries.
  return (
    isOwn &&
    [globalDispatcher("1"), globalDispatcher("2")].every((one) => one === undefined || isPlainGlobal(one))
  );
}

// The codes that Node, Bun and their TLS library use for failures before the first byte of a request is written.
const BEFORE_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_|UND_ERR_CONNECT_|ConnectionRefused|FailedToOpen|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_|ERR_TLS_(CERT|HAND)|ERR_SSL_(WRONG|.*HAND))/;

// Deno only says so in the message, and so does undici if a proxy does not open a tunnel.
const NOT_CONNECTED = /client error \(Connect\)|^Proxy response \(\d+\) !== 200 when HTTP Tunneling/;

/**
 * Whether an error of the runtime's `fetch` says that no connection was made. `false` for runtimes that don't say
 * (browsers, workerd): what is not known to be safe is treated as unsafe.
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
