import { someAreOpen } from "../generated/operations.ts";
import type { Login } from "../settings/credentials.ts";
import type { Settings } from "../settings/settings.ts";
import type { Call } from "./call.ts";

/**
 * Hands a request to `fetch`, as a URL and plain options: caches and wrappers look for what they know in these, and not
 * all of them look into a `Request`.
 */
export function sendRequest(
  settings: Settings,
  { operation, url, headers: given, body, key }: Call,
  login: Login,
  signal: AbortSignal,
): Promise<Response> {
  const headers: Record<string, string> =
    someAreOpen && operation.open ? { ...given } : { ...given, ...login.headers };
  const init: RequestInit = {
    method: operation.method,
    headers,
    redirect: "manual",
    signal,
  };
  if (takesCache()) init.cache = "no-store";
  if (body !== undefined) init.body = body;
  // Some servers refuse a request that announces a body and has none.
  else delete headers["content-type"];
  // Deno sends a request once more by itself when a connection that it has used before breaks, even one that was
  // carried out; but not when it cannot read the body twice.
  if (body !== undefined && key === undefined && "Deno" in globalThis) {
    init.body = new Blob([body]).stream();
    init.duplex = "half";
  }
  return (settings.fetch ?? fetch)(url, init);
}

let cacheIsTaken: boolean | undefined;

/** Cloudflare Workers with a compatibility date before 2024-11-11 throw where the option is used. */
function takesCache(): boolean {
  if (cacheIsTaken === undefined) {
    cacheIsTaken = true;
    try {
      if (typeof Request === "function") new Request("https://localhost", { cache: "no-store" });
    } catch {
      cacheIsTaken = false;
    }
  }
  return cacheIsTaken;
}
