import { accountOf, Dots, environments } from "@dots-payouts/client";
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
  readonly fetchSendsOnce: boolean;
}

const KNOWN: ReadonlyMap<string, string> = new Map(
  Object.entries(environments).map(([name, url]) => [name, trimmed(url)]),
);

/** @throws OutboxError unless the flags say where the money goes */
export function readTarget({ environment, baseUrl, options, fetchSendsOnce }: TargetFlags): Target {
  if ((environment === undefined) === (baseUrl === undefined)) {
    const names = [...KNOWN.keys()].join(" or ");
    throw new OutboxError(`Choose where the money goes: --environment ${names}, or --base-url for a mock.`);
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
  return describe({ baseUrl: trimmed(href), options }, fetchSendsOnce);
}

/**
 * Where the money of a store goes.
 * @throws OutboxError if there is no such store, or the flags contradict it
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
  return describe(account, flags.fetchSendsOnce);
}

/**
 * Where the money goes, for a command that may run before the store's tables exist: according to the flags or,
 * without them, to the store.
 */
export async function targetFor(store: string, flags: TargetFlags): Promise<Target> {
  const isGiven = flags.environment !== undefined || flags.baseUrl !== undefined;
  return isGiven ? readTarget(flags) : await targetOfStore(store, flags);
}

function describe(account: Account, fetchSendsOnce: boolean): Target {
  const environment = [...KNOWN].find(([, url]) => url === account.baseUrl)?.[0];
  return { account, environment, fetchSendsOnce };
}

export function nameOf({ account, environment }: Target): string {
  const name = describeAccount(account);
  return environment === undefined ? name : `${environment.toUpperCase()} (${name})`;
}

const REPLACED =
  "Something has replaced the global fetch, such as a tracer in NODE_OPTIONS. If it might send a request twice, a refusal " +
  "would not prove that nothing was paid. Run without it or, if you know that it sends each request once, add " +
  "--fetch-sends-once.";

/**
 * Opens the outbox of a store, with the credentials of the environment.
 * @throws OutboxError if it cannot be opened, or if the global `fetch` was replaced without `--fetch-sends-once`
 */
export async function openTarget(target: Target, store: string, needsApi: boolean): Promise<Outbox> {
  const clientId = process.env["DOTS_CLIENT_ID"] ?? "";
  const apiKey = process.env["DOTS_API_KEY"] ?? "";
  if (needsApi && (clientId === "" || apiKey === "")) {
    throw new OutboxError("Set DOTS_CLIENT_ID and DOTS_API_KEY to your credentials.");
  }
  const credentials = { clientId: clientId || "none", apiKey: apiKey || "none" };
  const { account, fetchSendsOnce } = target;
  // A client that sends nothing can't send anything twice.
  const dots = clientFor(account, credentials, fetchSendsOnce || !needsApi);
  if (!accountOf(dots).sendsOnce()) throw new OutboxError(REPLACED);
  return openOutbox({ store, dots });
}

/** Opens the outbox of a store for a mock, where no money is at risk. */
export async function openForMock(account: Account, store: string): Promise<Outbox> {
  return openOutbox({ store, dots: clientFor(account, { clientId: "dry-run", apiKey: "dry-run" }, true) });
}

function clientFor(
  { baseUrl, options }: Account,
  credentials: { readonly clientId: string; readonly apiKey: string },
  fetchSendsOnce: boolean,
): Dots {
  return new Dots({ ...options, ...credentials, baseUrl, fetchSendsOnce });
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, "");
}
