import { keyHeaders } from "../generated/header-options.ts";
import type { CallOptions } from "../runtime/call-options.ts";
import { ownProperties } from "../runtime/own-properties.ts";
import { sendsOnce } from "../transport/transport.ts";
import { markOfClient } from "./credentials.ts";
import { readHeaders } from "./headers.ts";
import type { Settings } from "./settings.ts";

/** Who calls, and where: for packages that build on the client. */
export interface Account {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Headers that every call carries, beside the one that logs in. Their names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The client ID that calls are made with now. */
  readonly clientId: () => Promise<string>;
  /** Whether each request with a body is sent once at most, so that a refusal says that nothing was carried out. */
  readonly sendsOnce: () => boolean;
}

// The package may be loaded more than once. A client from any copy of it can be asked.
const ACCOUNT = Symbol.for("@dots-payouts/client/account");

/**
 * Makes a client say who calls. It is not enumerable, so that no log shows it.
 * @internal
 */
export function keepAccount(
  client: object,
  { baseUrl, headers, clientId, fetch, fetchSendsOnce }: Settings,
): void {
  const account: Account = {
    baseUrl,
    headers,
    clientId: async () => (typeof clientId === "function" ? clientId() : clientId),
    sendsOnce: () => fetchSendsOnce || sendsOnce(fetch, ""),
  };
  Object.defineProperty(client, ACCOUNT, { value: account });
}

/**
 * Who a client calls as, and where.
 * @throws TypeError when it is no client
 */
export function accountOf(client: object): Account {
  const account: unknown = Reflect.get(client, ACCOUNT);
  if (isAccount(account)) return account;
  throw new TypeError("this is not a client of this API");
}

/**
 * The text by which errors and results tell an account from others: the server, the client ID as a digest, and the
 * options on which the scope of an idempotency key depends. Store it with a call before you make it.
 * @param client a `Dots`, or what `createClient()` gave
 * @param options those of the call
 * @throws TypeError when it is no client
 * @example
 * ```ts
 * await store({ key, body, account: await accountMark(dots) }); // then call
 * ```
 */
export async function accountMark(client: object, options: CallOptions = {}): Promise<string> {
  const { baseUrl, headers, clientId } = accountOf(client);
  return markOf(baseUrl, markOfClient(await clientId()), readHeaders(headers, ownProperties(options)));
}

/**
 * The same, of the headers that a call is sent with. Their names are in lower case.
 * @internal
 */
export function markOf(baseUrl: string, client: string, headers: Readonly<Record<string, string>>): string {
  const scope = keyHeaders.map((name) => (headers[name] ? ` ${name}=${headers[name]}` : ""));
  return `${baseUrl} client=${client}${scope.join("")}`;
}

function isAccount(value: unknown): value is Account {
  return typeof value === "object" && value !== null && "clientId" in value;
}
