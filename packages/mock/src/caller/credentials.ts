import {
  type Operation,
  queryOf,
  type SecurityRequirement,
  type SecurityScheme,
} from "@dots-payouts/openapi";
import { MockError } from "../mock-error.ts";
import { refuse } from "../wire/refusal.ts";
import { header, type MockRequest } from "../wire/request.ts";

/** The only credentials that are accepted. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/**
 * The credentials that the caller requires; `undefined` if any are accepted.
 * @throws MockError if one half is missing.
 */
export function wantedCredentials(
  username: string | undefined,
  password: string | undefined,
): Credentials | undefined {
  if (username === undefined && password === undefined) return undefined;
  if (username === undefined || password === undefined) {
    throw new MockError("username and password must be given together.");
  }
  return { username, password };
}

/**
 * Who sends the request: the user name of the credentials, empty if the operation needs none.
 * @throws Refusal (401) if the operation needs credentials and they are missing or wrong.
 */
export function authenticate(
  operation: Operation,
  request: MockRequest,
  wanted: Credentials | undefined,
): string {
  const { security } = operation;
  if (security.length === 0) return "";
  for (const requirement of security) {
    const name = requirement.length === 0 ? undefined : meets(requirement, request, wanted);
    if (name !== undefined) return name;
  }
  // Optional credentials may still be sent.
  if (security.some((requirement) => requirement.length === 0)) return "";
  const sent = header(request, "authorization");
  throw refuse(
    401,
    "credentials",
    sent === undefined ? "Credentials are missing." : "The credentials are wrong.",
    { "www-authenticate": challenge(operation) },
  );
}

/**
 * Who sends a request by one of these schemes, whether the credentials are right or wrong; `undefined` if it has none.
 */
export function clientIn(
  requirements: readonly SecurityRequirement[],
  request: MockRequest,
): string | undefined {
  for (const requirement of requirements) {
    const name = requirement.length === 0 ? undefined : meets(requirement, request, undefined);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The first name found, if every scheme is satisfied. */
function meets(
  requirement: SecurityRequirement,
  request: MockRequest,
  wanted: Credentials | undefined,
): string | undefined {
  let first: string | undefined;
  for (const scheme of requirement) {
    const name = identity(scheme, request, wanted);
    if (name === undefined) return undefined;
    first ??= name;
  }
  return first ?? "";
}

function identity(
  scheme: SecurityScheme,
  request: MockRequest,
  wanted: Credentials | undefined,
): string | undefined {
  if (scheme.type === "apiKey") return apiKey(scheme, request);
  const authorization = header(request, "authorization");
  if (authorization === undefined) return undefined;
  if (scheme.scheme === "basic") return basicIdentity(authorization, wanted);
  return /^bearer +[\w.~+/-]+=*$/i.test(authorization) ? authorization.slice(7).trim() : undefined;
}

/** The user name of Basic credentials (RFC 7617): base64 of a name without a colon, a colon, and a password. */
function basicIdentity(authorization: string, wanted: Credentials | undefined): string | undefined {
  if (authorization !== last.authorization) last = { authorization, pair: decodeBasic(authorization) };
  const colon = last.pair.indexOf(":");
  if (colon === -1) return undefined;
  const username = last.pair.slice(0, colon);
  if (wanted === undefined) return username;
  return username === wanted.username && last.pair.slice(colon + 1) === wanted.password
    ? username
    : undefined;
}

/** Cached: a client keeps sending the same header, and decoding it costs as much as validating a body. */
let last = { authorization: "", pair: "" };

/** The name and password of Basic credentials, with the colon; empty if they are malformed. */
function decodeBasic(authorization: string): string {
  const encoded = /^basic +([a-z0-9+/]+={0,2}) *$/i.exec(authorization)?.[1];
  return encoded === undefined ? "" : decodeBase64(encoded);
}

/** Decodes base64 to UTF-8 text; empty if it is not valid. */
function decodeBase64(encoded: string): string {
  try {
    const bytes = atob(encoded);
    return /^[\x20-\x7e]*$/.test(bytes)
      ? bytes
      : new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
  } catch {
    return "";
  }
}

function apiKey({ node }: SecurityScheme, request: MockRequest): string | undefined {
  const name = String(node["name"] ?? "");
  if (node["in"] === "header") return header(request, name.toLowerCase());
  if (node["in"] === "query") return queryOf(request.target).get(name) ?? undefined;
  const cookies = (header(request, "cookie") ?? "").split(";").map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}

function challenge({ security }: Operation): string {
  const schemes = new Set(security.flat().map(({ scheme }) => scheme ?? "apikey"));
  return [...schemes]
    .map((scheme) =>
      scheme === "basic"
        ? 'Basic realm="mock", charset="UTF-8"'
        : `${scheme.charAt(0).toUpperCase()}${scheme.slice(1)}`,
    )
    .join(", ");
}
