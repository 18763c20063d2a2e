import type { DotsOptions } from "../options/dots-options.ts";
import { apiCall } from "../runtime/api-call.ts";
import type { KeyedCallOptions } from "../runtime/call-options.ts";
import type { Client, Operation } from "../runtime/operation.ts";
import { keepAccount, markOf } from "../settings/account.ts";
import { readSettings, type Settings } from "../settings/settings.ts";
import { prepareCall } from "./prepare-call.ts";
import { resultOf, type Success } from "./read-success.ts";
import { sendWithRetries } from "./send-with-retries.ts";

/**
 * A client for the functions of `@dots-payouts/client/functions`.
 * @throws ConfigurationError if the options cannot work.
 * @example
 * ```ts
 * const client = createClient({ environment: "sandbox" }); // credentials from DOTS_CLIENT_ID and DOTS_API_KEY
 * ```
 */
export function createClient(options: DotsOptions): Client {
  const settings = readSettings(options);
  return keepAccount(clientWith(settings), settings);
}

/**
 * A client with these settings.
 * @internal
 */
export function clientWith(settings: Settings): Client {
  const { login } = settings;
  return <Data>(
    operation: Operation,
    options: KeyedCallOptions | undefined,
    body?: unknown,
    path?: () => string,
  ) =>
    apiCall<Data, Success<Data>>(
      sendWithRetries(settings, () => {
        const call = prepareCall(settings, operation, options, body, path);
        // So that errors include it even if nothing is sent.
        if (call.key && typeof login !== "function") call.account ??= markOf(login.client, call.headers);
        return call;
      }),
      resultOf,
    );
}
