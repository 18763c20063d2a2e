/** Whether this runs in a browser: in a page or a web worker. */
export function isBrowser(): boolean {
  return "document" in globalThis || "importScripts" in globalThis;
}
