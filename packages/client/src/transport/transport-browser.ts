import { isBrowser } from "../runtime/is-browser.ts";

// `transport.ts` for browser bundles, which bundles for workers are too.

/** Never: a browser's `fetch` does not say that no connection was made. */
export function wasNeverSent(): boolean {
  return false;
}

/** A browser resends a request by itself when a reused connection breaks; a worker does not. */
export function sendsOnce(given: unknown): boolean {
  const used = given ?? fetch;
  return (
    !isBrowser() &&
    typeof used === "function" &&
    /^function fetch\(\) \{\s*\[native/.test(Function.prototype.toString.call(used))
  );
}

/** A browser's `fetch` gets every body as a text. */
export function protectBody(_init: RequestInit): void {}
