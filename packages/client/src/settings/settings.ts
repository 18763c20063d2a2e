import { Failure } from "../errors/failure.ts";
import { environments } from "../generated/environments.ts";
import { credentialsNeeded } from "../generated/login.ts";
import type { ClientOptions, Credential, DotsOptions } from "../options/dots-options.ts";
import type { Hooks } from "../options/hooks.ts";
import { CLIENT_OPTIONS, requireKnown } from "../options/option-names.ts";
import { isBrowser } from "../runtime/is-browser.ts";
import { valueAt } from "../runtime/json.ts";
import { ownProperties } from "../runtime/own-properties.ts";
import { readCredentials } from "./credentials.ts";
import { readHeaders } from "./headers.ts";
import { DEFAULT_LIMITS, type Limits, readLimits } from "./limits.ts";
import { describe } from "./redact.ts";

/** The options of a client, checked and complete. */
export interface Settings extends Hooks, Pick<ClientOptions, "fetch" | "fetchSendsOnce" | "validation"> {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly login: ReturnType<typeof readCredentials>;
  readonly clientId: Credential;
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: Limits;
}

/** @throws ConfigurationError if the options cannot work. */
export function readSettings(given: DotsOptions): Settings {
  try {
    const options = ownProperties(given);
    requireKnown(options, CLIENT_OPTIONS);
    if (!options.dangerouslyAllowBrowser && isBrowser()) {
      throw new Error("a browser shows the API key to anybody (dangerouslyAllowBrowser)");
    }
    const missing: string[] = [];
    const credential = (name: "clientId" | "apiKey", variable: string, isNeeded: boolean): Credential => {
      const value = options[name] ?? (isNeeded ? fromEnvironment(variable) : "");
      if (value === undefined) missing.push(`${name} or ${variable}`);
      return value ?? "";
    };
    const { environment = "" } = options;
    const url = options.baseUrl || valueAt(environments, [environment]);
    if (!url) missing.push(`baseUrl or environment (${Object.keys(environments).join(", ")})`);
    const id = credential("clientId", "DOTS_CLIENT_ID", credentialsNeeded === 2);
    const key = credential("apiKey", "DOTS_API_KEY", credentialsNeeded > 0);
    if (missing.length > 0) throw new Error(`needed: ${missing.join("; ")}`);
    const baseUrl = readBaseUrl(`${url}`, options);
    return ownProperties({
      ...options,
      baseUrl,
      clientId: id,
      login: readCredentials(baseUrl, id, key),
      headers: readHeaders({ accept: "application/json", "content-type": "application/json" }, options),
      limits: readLimits(DEFAULT_LIMITS, options),
    });
  } catch (error) {
    throw new Failure(describe(error), { name: "ConfigurationError", outcome: "not_sent" });
  }
}

function readBaseUrl(given: string, { dangerouslyAllowHttp }: DotsOptions): string {
  const { protocol, hostname, origin, pathname, href } = new URL(URL.canParse(given) ? given : "none:");
  const isLoopback = /^(localhost|.+\.localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
  const isSafe = protocol === "https:" || (protocol === "http:" && (isLoopback || dangerouslyAllowHttp));
  if (!isSafe || href !== origin + pathname) {
    throw new Error("baseUrl is not https (dangerouslyAllowHttp), or has a user, query or fragment");
  }
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
