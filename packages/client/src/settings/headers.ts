import { optionHeaders } from "../generated/header-options.ts";
import type { CallOptions } from "../runtime/call-options.ts";
import { NONE } from "../runtime/own-properties.ts";
import { redact } from "./redact.ts";

const REQUEST_IDS = ["x-request-id", "request-id", "x-correlation-id", "cf-ray"];

// `fetch` derives these from the request. A different value breaks the request after the connection was opened.
const MADE_BY_FETCH = /^(content-length|transfer-encoding|connection|keep-alive|host|expect|upgrade)$/i;

/**
 * Merges headers: those that have their own option, then those of `headers`. Their names are in lower case, so that
 * none is sent twice.
 * @throws Error if one cannot be sent.
 */
export function readHeaders(
  base: Readonly<Record<string, string>>,
  options: CallOptions,
): Readonly<Record<string, string>> {
  if (options === NONE) return base;
  const { headers = {} } = options;
  if (Symbol.iterator in headers) throw new Error("headers is not a plain object");
  let all: Headers | undefined;
  const put = (name: string, value: unknown): void => {
    if (value === undefined) return;
    all ??= new Headers(base);
    try {
      if (typeof value !== "string" || MADE_BY_FETCH.test(name)) throw new Error();
      all.set(name, value);
    } catch {
      // The value may be a secret.
      throw new Error(`the header ${name} cannot be sent`);
    }
  };
  // An option that is empty is a mistake: the request would be that of somebody else.
  for (const [option, name] of optionHeaders) put(name, options[option] === "" ? null : options[option]);
  for (const [name, value] of Object.entries(headers)) put(name, value);
  return all ? Object.fromEntries(all) : base;
}

/** The ID by which the server's operators find a request. There is no standard name for its header. */
export function requestId(response: Response | undefined, secrets: readonly string[]): string | undefined {
  for (const name of REQUEST_IDS) {
    const value = response?.headers?.get?.(name);
    if (value) return redact(value, secrets);
  }
  return undefined;
}
