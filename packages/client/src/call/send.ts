import type { Operation } from "../runtime/operation.ts";
import type { Authorization } from "../settings/login.ts";
import type { Settings } from "../settings/settings.ts";

/** What every attempt of a call sends. */
export interface Sendable {
  readonly operation: Operation;
  readonly key: string | undefined;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/**
 * Deno sends a request once more by itself when a connection that it has used before breaks, even one that was carried
 * out; but not when it cannot read the body twice.
 */
function content({ body, key }: Sendable): string | ReadableStream | null {
  if (body === undefined) return null;
  return key === undefined && "Deno" in globalThis ? new Blob([body]).stream() : body;
}

/**
 * Hands a request to `fetch`. Where calls of an operation differ in nothing but their bodies, the rest is kept as a
 * `Request`: Node takes a fifteenth of a call's time to parse the same URL and to check the same headers again.
 */
export function send(
  settings: Settings,
  sendable: Sendable,
  authorization: Authorization,
  signal: AbortSignal,
): Promise<Response> {
  const { operation, url, headers } = sendable;
  const head = (): RequestInit => ({
    method: operation.method,
    headers: { ...headers, ...authorization.headers },
    redirect: "manual",
  });
  const rest: RequestInit = { body: content(sendable), duplex: "half", signal };
  const isUsual =
    !settings.fetch &&
    headers === settings.headers &&
    authorization === settings.authorization &&
    url === settings.baseUrl + operation.path;
  if (!isUsual) return (settings.fetch ?? fetch)(url, { ...head(), ...rest });
  const request = settings.requests.get(operation) ?? new Request(url, head());
  settings.requests.set(operation, request);
  return fetch(request, rest);
}
