import { DotsError } from "../errors/dots-error.ts";
import { environments } from "../generated/environments.ts";
import { credentialsNeeded } from "../generated/login.ts";
import type { Credential, DotsOptions } from "../options/dots-options.ts";
import type { Hooks } from "../options/hooks.ts";
import { isBrowser } from "../runtime/is-browser.ts";
import { ownProperties } from "../runtime/own-properties.ts";
import type { Validation } from "../validation/types.ts";
import { readCredentials } from "./credentials.ts";
import { readHeaders } from "./headers.ts";
import { DEFAULT_LIMITS, type Limits, readLimits } from "./limits.ts";
import { describe } from "./redact.ts";

/** The options of a client, checked and complete. */
export interface Settings {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly login: ReturnType<typeof readCredentials>;
  readonly clientId: Credential;
  readonly fetch: DotsOptions["fetch"];
  readonly fetchSendsOnce: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly hooks: Hooks;
  readonly limits: Limits;
  readonly validation: Validation | undefined;
}

/** @throws ConfigurationError if the options cannot work. */
export function readSettings(given: DotsOptions): Settings {
  try {
    const options = ownProperties(given);
    if (!options.dangerouslyAllowBrowser && isBrowser()) {
      throw new Error("a browser shows the API key to anybody; dangerouslyAllowBrowser allows it");
    }
    const missing: string[] = [];
    const needed = <Value>(value: Value | undefined, name: string): Value | "" => {
      if (value === undefined) missing.push(name);
      return value ?? "";
    };
    const { environment, clientId, apiKey, fetch, fetchSendsOnce, validation } = options;
    const known = environment && Object.hasOwn(environments, environment) && environments[environment];
    const url = needed(
      (options.baseUrl ?? known) || undefined,
      `baseUrl or environment (${Object.keys(environments).join(", ")})`,
    );
    const id =
      credentialsNeeded === 2
        ? needed(clientId ?? fromEnvironment("DOTS_CLIENT_ID"), "clientId or DOTS_CLIENT_ID")
        : (clientId ?? "");
    const key =
      credentialsNeeded > 0
        ? needed(apiKey ?? fromEnvironment("DOTS_API_KEY"), "apiKey or DOTS_API_KEY")
        : (apiKey ?? "");
    if (missing.length > 0) throw new Error(`missing: ${missing.join("; ")}`);
    return {
      baseUrl: readBaseUrl(url, options),
      clientId: id,
      login: readCredentials(id, key),
      fetch,
      fetchSendsOnce: fetchSendsOnce === true,
      headers: readHeaders({ accept: "application/json", "content-type": "application/json" }, options),
      hooks: options,
      limits: readLimits(DEFAULT_LIMITS, options),
      validation,
    };
  } catch (error) {
    throw new DotsError(describe(error), { name: "ConfigurationError", outcome: "not_sent" });
  }
}

function readBaseUrl(given: string, { dangerouslyAllowHttp }: DotsOptions): string {
  if (!URL.canParse(given)) throw new Error("baseUrl is not a URL");
  const { protocol, hostname, origin, pathname, href } = new URL(given);
  const isLoopback = /^(localhost|.+\.localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
  if (protocol !== "https:" && !(protocol === "http:" && (isLoopback || dangerouslyAllowHttp))) {
    throw new Error("baseUrl is not https; dangerouslyAllowHttp allows http");
  }
  if (href !== origin + pathname) throw new Error("baseUrl has a user, query or fragment");
  return href.replace(/\/+$/, "");
}

function fromEnvironment(variable: string): string | undefined {
  try {
    return process.env[variable] || undefined;
  } catch {
    // There is no environment here, or reading it is not allowed.
    return undefined;
  }
}
