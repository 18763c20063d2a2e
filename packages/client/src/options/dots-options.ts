import type { Environments } from "../generated/environments.ts";
import type { CallOptions } from "../runtime/call-options.ts";
import type { Validation } from "../validation/types.ts";
import type { Hooks } from "./hooks.ts";

/** A value, or a function that returns it and is called before every attempt. */
export type Credential = string | (() => string | Promise<string>);

/** Where calls go. One of the two is needed, so that no server is ever called by default. */
export type Server =
  | { readonly environment: keyof Environments; readonly baseUrl?: string | undefined }
  | { readonly environment?: keyof Environments | undefined; readonly baseUrl: string };

/**
 * Options of a client.
 * @example
 * ```ts
 * const options: DotsOptions = { environment: "sandbox", timeout: 10_000, maxRetries: 3 };
 * ```
 */
export type DotsOptions = Server & Omit<CallOptions, "signal"> & Hooks & ClientOptions;

/** Options for a client that a single call does not have. */
export interface ClientOptions {
  /**
   * Checks requests before they are sent, and optionally answers: `validation()` from
   * `@dots-payouts/client/validation`.
   * @default nothing is checked
   */
  readonly validation?: Validation | undefined;
  /**
   * The client ID.
   * @default the environment variable DOTS_CLIENT_ID
   */
  readonly clientId?: Credential | undefined;
  /**
   * The API key.
   * @default the environment variable DOTS_API_KEY
   */
  readonly apiKey?: Credential | undefined;
  /**
   * Sends the requests. It is called with a URL and plain options. Its errors don't say whether a request was sent, so
   * every failed connection is `unknown`. So is every refusal, unless `fetchSendsOnce` is set.
   * @default globalThis.fetch
   */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /**
   * States that `fetch`, or a replaced global `fetch`, never sends a request a second time by itself. A refusal (4xx)
   * by the API is then `rejected`. Otherwise it may be about a second request, after a first that was carried out, and
   * is `unknown`. Not needed for the runtime's own `fetch` and for `undiciFetch()`.
   * @default false
   */
  readonly fetchSendsOnce?: boolean | undefined;
  /**
   * The longest wait before the first retry, in milliseconds. It doubles with each retry, up to 8 seconds. The actual
   * wait is a random part of it.
   * @default 500
   */
  readonly retryDelay?: number | undefined;
  /**
   * The longest wait that a server may ask for, in milliseconds. When it asks for more, the call fails at once.
   * @default 60_000
   */
  readonly maxRetryAfter?: number | undefined;
  /**
   * Allows sending credentials unencrypted to another machine.
   * @default false
   */
  readonly dangerouslyAllowHttp?: boolean | undefined;
  /**
   * Allows use in a browser, where everybody who opens the page can read the API key.
   * @default false
   */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
}
