import { hasNotStarted } from "./knowing-fetch.ts";

/**
 * `never-sent.ts` for bundles that are made for a browser, whose own `fetch` never tells that no connection came about:
 * only one that the caller gave may.
 */
export function wasNeverSent(error: unknown, given: unknown, signal: AbortSignal): boolean {
  return error === undefined && hasNotStarted(given, signal) === true;
}
