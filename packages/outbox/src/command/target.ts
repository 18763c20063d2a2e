import { Dots, environments } from "@dots-payouts/client";
import { type Account, describeAccount } from "../ledger/account.ts";
import { openOutbox } from "../open-outbox.ts";
import { accountIn, shown } from "../open-store.ts";
import type { Outbox } from "../outbox.ts";
import { OutboxError } from "../outbox-error.ts";
import type { TargetFlags } from "./command.ts";

/** Where the money goes. */
export interface Target {
  readonly account: Account;
  /** The name of the environment; `undefined` for any other base URL. */
  readonly environment: string | undefined;
}

const KNOWN: ReadonlyMap<string, string> = new Map(
  Object.entries(environments).map(([name, url]) => [name, trimmed(url)]),
);

/** @throws OutboxError unless it is said where the money goes */
export function readTarget({ environment, baseUrl, options }: TargetFlags): Target {
  if ((environment === undefined) === (baseUrl === undefined)) {
    const names = [...KNOWN.keys()].join(" or ");
    throw new OutboxError(`Say where the money goes: --environment ${names}, or --base-url for a mock.`);
  }
  const url = environment === undefined ? baseUrl : KNOWN.get(environment);
  if (url === undefined) {
    throw new OutboxError(`--environment is ${[...KNOWN.keys()].join(" or ")}, not ${environment}.`);
  }
  if (!URL.canParse(url)) throw new OutboxError(`--base-url takes a URL, not ${JSON.stringify(url)}.`);
  const { href, username, password } = new URL(url);
  if (username !== "" || password !== "") {
    throw new OutboxError(
      "--base-url takes a URL without a name and password. The credentials are in DOTS_CLIENT_ID and DOTS_API_KEY.",
    );
  }
  return describe({ baseUrl: trimmed(href), options });
}

/**
 * Where the money of a store goes.
 * @throws OutboxError if there is no such store, or the flags say something else
 */
export async function targetOfStore(store: string, flags: TargetFlags): Promise<Target> {
  const account = await accountIn(store);
  const given =
    flags.environment === undefined && flags.baseUrl === undefined ? undefined : readTarget(flags);
  if (given !== undefined && given.account.baseUrl !== account.baseUrl) {
    throw new OutboxError(
      `The store ${shown(store)} belongs to ${account.baseUrl}, not to ${given.account.baseUrl}.`,
    );
  }
  for (const [name, value] of Object.entries(flags.options)) {
    if (value !== account.options[name]) {
      throw new OutboxError(
        `The store ${shown(store)} belongs to ${describeAccount(account)}, not to ${name} ${value}.`,
      );
    }
  }
  return describe(account);
}

function describe(account: Account): Target {
  const environment = [...KNOWN].find(([, url]) => url === account.baseUrl)?.[0];
  return { account, environment };
}

export function nameOf({ account, environment }: Target): string {
  const name = describeAccount(account);
  return environment === undefined ? name : `${environment.toUpperCase()} (${name})`;
}

/** Opens the outbox of a store, with the credentials of the environment. */
export async function openTarget({ account }: Target, store: string, needsApi: boolean): Promise<Outbox> {
  const clientId = process.env["DOTS_CLIENT_ID"] ?? "";
  const apiKey = process.env["DOTS_API_KEY"] ?? "";
  if (needsApi && (clientId === "" || apiKey === "")) {
    throw new OutboxError("Set DOTS_CLIENT_ID and DOTS_API_KEY to the credentials.");
  }
  return openWith(account, store, { clientId: clientId || "none", apiKey: apiKey || "none" });
}

export async function openWith(
  { baseUrl, options }: Account,
  store: string,
  { clientId, apiKey }: { readonly clientId: string; readonly apiKey: string },
): Promise<Outbox> {
  return openOutbox({ store, dots: new Dots({ ...options, baseUrl, clientId, apiKey }) });
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, "");
}
