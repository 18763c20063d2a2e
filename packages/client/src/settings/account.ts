import type { Settings } from "./settings.ts";

/** Who calls, and where: for packages that build on the client. */
export interface Account {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Headers that every call carries, beside the one that logs in. Their names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The client ID that calls are made with now. */
  readonly clientId: () => Promise<string>;
}

// The package may be loaded more than once. A client from any copy of it can be asked.
const ACCOUNT = Symbol.for("@dots-payouts/client/account");

/** Makes a client say who calls. It is not enumerable, so that no log shows it. */
export function keepAccount(client: object, { baseUrl, headers, clientId }: Settings): void {
  const account: Account = {
    baseUrl,
    headers,
    clientId: async () => (typeof clientId === "function" ? clientId() : clientId),
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

function isAccount(value: unknown): value is Account {
  return typeof value === "object" && value !== null && "clientId" in value;
}
