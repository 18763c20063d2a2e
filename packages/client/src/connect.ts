import { type ApiResult, apiCall } from "./api-call.ts";
import type { KeyedCallOptions } from "./call-options.ts";
import { deliver } from "./deliver.ts";
import type { DotsOptions } from "./dots-options.ts";
import type { Call, Operation } from "./operation.ts";
import { prepare } from "./prepare.ts";
import { readSettings, type Settings } from "./settings.ts";

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
