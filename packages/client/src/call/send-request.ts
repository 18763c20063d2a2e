import { someAreForms, someAreOpen } from "../generated/operations.ts";
import { fillPath } from "../runtime/fill-path.ts";
import type { Login } from "../settings/credentials.ts";
import type { Settings } from "../settings/settings.ts";
import { protectBody } from "../transport/transport.ts";
import type { Call } from "./call.ts";

/**
 * Passes a request to `fetch` as a URL and plain options: caches and wrappers look at these, and not all of them look
 * into a `Request`.
 */
export function sendRequest(
  fetch: NonNullable<Settings["fetch"]>,
  { operation, url, headers: given, body, key }: Call,
  login: Login,
  signal: AbortSignal,
): Promise<Response> {
  const headers = someAreOpen && operation.open ? { ...given } : { ...given, ...login.headers };
  const init: RequestInit & { headers: Record<string, string> } = {
    method: operation.method,
    headers,
    redirect: "manual",
    signal,
  };
  if (takesCache()) init.cache = "no-store";
  const text = someAreForms && body && operation.form ? formText(operation.form, body) : body;
  if (text !== undefined) init.body = text;
  // Some servers refuse a request with a content type but no body.
  else delete headers["content-type"];
  protectBody(init, text, key, fetch);
  return fetch(url, init);
}

/** A call keeps its body as JSON, whatever is sent of it. */
function formText(form: NonNullable<Call["operation"]["form"]>, body: string): string {
  return fillPath(form, {}, JSON.parse(body)).slice(1);
}

let cacheIsTaken: boolean | undefined;

/** Cloudflare Workers with a compatibility date before 2024-11-11 throw if the option is used. */
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
