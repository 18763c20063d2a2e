import { Failure } from "../errors/failure.ts";
import { keyHeaders } from "../generated/header-options.ts";
import type { CallOptions } from "../runtime/call-options.ts";
import { plainOptions } from "../runtime/own-properties.ts";
import { sendsOnce } from "../transport/transport.ts";
import { markOfClient } from "./credentials.ts";
import { readHeaders } from "./headers.ts";
import { describe } from "./redact.ts";
import type { Settings } from "./settings.ts";

/** Which client calls, and which server: for packages that build on the client. */
export interface Account {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Headers sent with every call besides `Authorization`. Their names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The client ID that calls currently use. */
  readonly clientId: () => Promise<string>;
  /** Whether each request with a body is sent at most once, so that a refusal proves that nothing was carried out. */
  readonly sendsOnce: () => boolean;
}

// The package may be loaded more than once. This works for clients from any copy.
const ACCOUNT = Symbol.for("@dots-payouts/client/account");

/**
 * Makes a client say who calls. What a function holds is in no log.
 * @internal
 */
export function keepAccount<Client extends object>(client: Client, settings: Settings): Client {
  return Object.defineProperty(client, ACCOUNT, { value: () => settings });
}

/**
 * Which client ID a client uses, and which server it calls.
 * @throws TypeError if it is not a client
 */
export function accountOf(client: object): Account {
  const settingsOf: unknown = Reflect.get(client, ACCOUNT);
  if (!isSettingsOf(settingsOf)) throw new TypeError("this is not a client of this API");
  const { baseUrl, headers, clientId, fetch, fetchSendsOnce } = settingsOf();
  return {
    baseUrl,
    headers,
    clientId: async () => (typeof clientId === "function" ? clientId() : clientId),
    sendsOnce: () => fetchSendsOnce === true || sendsOnce(fetch, ""),
  };
}

/**
 * The string that identifies an account in errors and results: the server, a digest of the client ID, and the options
 * that the scope of an idempotency key depends on. Store it with a call before you make it.
 * @param client a `Dots`, or the result of `createClient()`
 * @param options the options of the call
 * @throws TypeError if it is not a client
 * @throws ConfigurationError if the client ID is not available, or the options cannot be sent
 * @example
 * ```ts
 * await store({ key, body, account: await accountMark(dots) }); // then call
 * ```
 */
export async function accountMark(client: object, options: CallOptions = {}): Promise<string> {
  const { baseUrl, headers, clientId } = accountOf(client);
  try {
    return markOf(markOfClient(baseUrl, await clientId()), readHeaders(headers, plainOptions(options)));
  } catch (error) {
    throw new Failure(describe(error), { name: "ConfigurationError", outcome: "not_sent" });
  }
}

/**
 * The same, from the headers that a call is sent with. Their names are in lower case.
 * @internal
 */
export function markOf(client: string, headers: Readonly<Record<string, string>>): string {
  let mark = client;
  for (const name of keyHeaders) if (headers[name]) mark += ` ${name}=${headers[name]}`;
  return mark;
}

function isSettingsOf(value: unknown): value is () => Settings {
  return typeof value === "function";
}
