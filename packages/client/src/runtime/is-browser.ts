/** Whether this runs in a browser: in a page, or in a worker of one. */
export function isBrowser(): boolean {
  return "document" in globalThis || "importScripts" in globalThis;
}
