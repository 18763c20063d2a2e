import type { Operation } from "@dots-payouts/openapi";

/** Where requests and answers contain credentials. */
export interface CredentialPlaces {
  /** Header names in lower case. */
  readonly headers: ReadonlySet<string>;
  /** Names of query parameters. */
  readonly parameters: ReadonlySet<string>;
}

const ALWAYS = ["authorization", "cookie", "proxy-authorization", "set-cookie"];

/** Names that suggest credentials: `x-api-key`, `x-auth-token`, `access_token`. */
const TELLING = /(^|[-_])(api-?_?key|auth|jwt|passwd|password|secret|session|token)($|[-_])/i;

/** Headers that always contain credentials, and the places that the security schemes of these operations name. */
export function credentialPlaces(operations: readonly Operation[]): CredentialPlaces {
  const schemes = operations.flatMap(({ security }) => security.flat());
  const names = (place: string) =>
    schemes
      .filter(({ type, node }) => type === "apiKey" && node["in"] === place)
      .map(({ node }) => String(node["name"]));
  return {
    headers: new Set([...ALWAYS, ...names("header").map((name) => name.toLowerCase())]),
    parameters: new Set(names("query")),
  };
}

/** Headers safe to show: several values joined, credentials masked. */
export function shownHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  places: CredentialPlaces,
): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value === undefined) continue;
    const text = Array.isArray(value) ? value.join(", ") : value;
    shown[name] = places.headers.has(name) || TELLING.test(name) ? mask(text) : text;
  }
  return shown;
}

/** A request target, safe to show. */
export function shownTarget(target: string, { parameters }: CredentialPlaces): string {
  const named = target.startsWith("/") ? target : withoutUser(target);
  if (!named.includes("?")) return named;
  return named.replaceAll(/([?&])([^=&]*)=[^&]*/g, (pair, before: string, name: string) =>
    parameters.has(decoded(name)) || TELLING.test(decoded(name)) ? `${before}${name}=***` : pair,
  );
}

/** A URL without the credentials in it. */
export function withoutUser(url: string): string {
  return url.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#@]*@/i, "$1***@");
}

/** Keeps the scheme, to show what kind of credentials were sent. */
function mask(value: string): string {
  const scheme = /^(basic|bearer) /i.exec(value)?.[0] ?? "";
  return `${scheme}***`;
}

/** The decoded name of a parameter: a plus means a space. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll("+", " "));
  } catch {
    return name;
  }
}
