import { isBrowser } from "../runtime/is-browser.ts";

// `transport.ts` for bundles that are made for a browser, as those for workers are too.

/** Never: the `fetch` of a browser does not tell that no connection came about. */
export function wasNeverSent(): boolean {
  return false;
}

/** A browser sends a request again by itself when a connection that it has used before breaks; a worker does not. */
export function sendsOnce(given: unknown): boolean {
  const used = given ?? fetch;
  return (
    !isBrowser() &&
    typeof used === "function" &&
    /^function fetch\(\) \{\s*\[native/.test(Function.prototype.toString.call(used))
  );
}

/** A body for `fetch`. */
export function bodyFor(body: string): Pick<RequestInit, "body"> {
  return { body };
}
