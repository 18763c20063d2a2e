import { ConfigurationError } from "../errors/dots-error.ts";
import { environments } from "../generated/environments.ts";
import { credentialsNeeded } from "../generated/login.ts";
import type { Credential, DotsOptions } from "../options/dots-options.ts";
import type { Hooks } from "../options/hooks.ts";
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
  readonly headers: Readonly<Record<string, string>>;
  readonly hooks: Hooks;
  readonly limits: Limits;
  readonly validation: Validation | undefined;
}

/** @throws ConfigurationError when the options cannot work. */
export function readSettings(given: DotsOptions): Settings {
  try {
    const options = ownProperties(given);
    if (!options.dangerouslyAllowBrowser && ("document" in globalThis || "importScripts" in globalThis)) {
      throw new Error("a browser shows the API key to anybody; dangerouslyAllowBrowser allows it");
    }
    const clientId =
      options.clientId ?? (credentialsNeeded === 2 ? fromEnvironment("DOTS_CLIENT_ID", "clientId") : "");
    return {
      baseUrl: readBaseUrl(options),
      clientId,
      login: readCredentials(
        clientId,
        options.apiKey ?? (credentialsNeeded > 0 ? fromEnvironment("DOTS_API_KEY", "apiKey") : ""),
      ),
      fetch: options.fetch,
      headers: readHeaders({ accept: "application/json", "content-type": "application/json" }, options),
      hooks: options,
      limits: readLimits(DEFAULT_LIMITS, options),
      validation: options.validation,
    };
  } catch (error) {
    throw new ConfigurationError(describe(error), { outcome: "not_sent" });
  }
}

function readBaseUrl({ environment, baseUrl, dangerouslyAllowHttp }: DotsOptions): string {
  const known =
    environment && Object.hasOwn(environments, environment) ? environments[environment] : undefined;
  const given = baseUrl ?? known;
  if (!given) throw new Error(`baseUrl or environment (${Object.keys(environments).join(", ")}) is needed`);
  if (!URL.canParse(given)) throw new Error("baseUrl is not a URL");
  const { protocol, hostname, origin, pathname, href } = new URL(given);
  const isLoopback = /^(localhost|.+\.localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
  if (protocol !== "https:" && !(protocol === "http:" && (isLoopback || dangerouslyAllowHttp))) {
    throw new Error("baseUrl is not https; dangerouslyAllowHttp allows http");
  }
  if (href !== origin + pathname) throw new Error("baseUrl has a user, query or fragment");
  return href.replace(/\/+$/, "");
}

function fromEnvironment(variable: string, option: string): string {
  let value: string | undefined;
  try {
    value = process.env[variable];
  } catch {
    // There is no environment here, or it may not be read.
  }
  if (!value) throw new Error(`${option} or ${variable} is needed`);
  return value;
}
