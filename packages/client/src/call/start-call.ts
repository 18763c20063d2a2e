import type { KeyedCallOptions } from "../options/call-options.ts";
import type { DotsOptions } from "../options/dots-options.ts";
import { type ApiResult, apiCall } from "../runtime/api-call.ts";
import type { Call, Operation } from "../runtime/operation.ts";
import { readSettings, type Settings } from "../settings/settings.ts";
import { prepare } from "./prepare.ts";
import { deliver } from "./with-retries.ts";

/**
 * What the functions of `@dots-payouts/client/functions` make their calls with.
 * @throws ConfigurationError when the options cannot work.
 * @example
 * ```ts
 * const api = connect({ environment: "sandbox" }); // credentials from DOTS_CLIENT_ID and DOTS_API_KEY
 * ```
 */
export function connect(options: DotsOptions): Call {
  return caller(readSettings(options));
}

/** Starts calls with these settings. */
export function caller(settings: Settings): Call {
  // An async function, so that a request which cannot be sent rejects too.
  const start = async <Data>(
    operation: Operation,
    options: KeyedCallOptions = {},
    body?: unknown,
    path?: () => string,
  ): Promise<ApiResult<Data>> => deliver(settings, prepare(settings, operation, options, body, path));
  return <Data>(...given: Parameters<Call>) => apiCall(start<Data>(...given));
}
