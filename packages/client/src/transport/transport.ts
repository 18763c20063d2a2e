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

type Init = RequestInit & { readonly headers: Record<string, string> };

/**
 * Makes a body one that is sent at most once. A runtime's own `fetch` gets a stream where it may send a text twice, and
 * an empty one where it may send a change without a body twice. Stubs and wrappers keep the text, or nothing.
 */
export function protectBody(
  init: Init,
  body: string | undefined,
  key: string | undefined,
  given: Fetch | undefined,
): void {
  const used = given ?? globalThis.fetch;
  if (body === undefined && !/^(POST|PUT|PATCH|DELETE)$/.test(`${init.method}`)) return;
  if ("Deno" in globalThis) {
    // Deno resends a request if a reused connection breaks, even if it was carried out.
    if (body !== undefined && (key === undefined || isRuntimesOwn(used))) {
      init.body = new Blob([body]).stream();
      init.duplex = "half";
    }
  } else if (isNodes(used)) {
    if (!hasOwnStreams()) throw new NothingSent("the global ReadableStream is not the runtime's");
    // Node resends a request if the answer is 421, or if HTTP/2 says that it was not carried out. A text also takes
    // longer, because Node copies it for that.
    const bytes = new TextEncoder().encode(body);
    init.body = new ReadableStream({
      start(controller) {
        if (bytes.length > 0) controller.enqueue(bytes);
        controller.close();
      },
    });
    init.duplex = "half";
    // An empty stream needs none, and with it undici 7 does not end a request by HTTP/2.
    if (bytes.length > 0) init.headers["content-length"] = `${bytes.length}`;
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

/** The function that was asked about last. Its source, which takes long to look through, cannot change. */
let last: { readonly fetch: object; readonly isOwn: boolean; readonly isNodes: boolean } | undefined;

function kindOf(fetch: object): NonNullable<typeof last> {
  if (last?.fetch !== fetch) {
    const source = Function.prototype.toString.call(fetch).replace(/\/\/.*|\s+/g, "");
    last = { fetch, isOwn: OWN_FETCHES.some((own) => own.test(source)), isNodes: NODES_FETCH.test(source) };
  }
  return last;
}

/** Whether this is Node's own `fetch`, with a dispatcher that sends each request once. */
function isNodes(fetch: { readonly name: string }): boolean {
  return kindOf(fetch).isNodes && isRuntimesOwn(fetch);
}

/**
 * Whether this is the runtime's own function, which sends each request once. A wrapper may send a request twice, or
 * send other requests too, and then the last failure says nothing about the first request.
 */
function isRuntimesOwn(fetch: { readonly name: string }): boolean {
  // Bun shows a bound function as native code.
  return fetch.name === "fetch" && kindOf(fetch).isOwn && dispatchersArePlain();
}

/** The global dispatchers that were plain when they were looked at last, and their methods. */
let lastPlain: readonly unknown[] = [];

/** Node's fetch uses a dispatcher that a program can replace, for instance with one that retries, or patch. */
function dispatchersArePlain(): boolean {
  const [first, second] = [globalDispatcher("1"), globalDispatcher("2")];
  // To look into them takes long, and this is asked for every request.
  const used = [first, methodOf(first), second, methodOf(second)];
  if (used.every((one, index) => one === lastPlain[index])) return true;
  const arePlain = [first, second].every((one) => one === undefined || isPlainGlobal(one));
  if (arePlain) lastPlain = used;
  return arePlain;
}

function methodOf(dispatcher: unknown): unknown {
  return isObject(dispatcher) ? dispatcher["dispatch"] : undefined;
}

let streams: { readonly made: unknown; readonly areOwn: boolean } | undefined;

/** Whether the global streams are Node's. Its `fetch` fails with those of a polyfill, before or after it has sent. */
function hasOwnStreams(): boolean {
  const { ReadableStream: made } = globalThis;
  if (streams?.made === made) return streams.areOwn;
  // Not every polyfill of `Blob` has streams.
  const own = new Blob([]).stream?.();
  const areOwn =
    own === undefined ||
    (typeof made === "function" && (made.prototype instanceof own.constructor || own instanceof made));
  streams = { made, areOwn };
  return areOwn;
}

/** Thrown before `fetch` is called. */
class NothingSent extends Error {}

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
  if (error instanceof NothingSent) return true;
  const { code, syscall, message, errors, cause } = error;
  return (
    syscall === "connect" ||
    BEFORE_CONNECTED.test(String(code)) ||
    NOT_CONNECTED.test(String(message)) ||
    (Array.isArray(errors) && errors.length > 0 && errors.every(neverConnected)) ||
    (cause !== error && neverConnected(cause))
  );
}
