import {
  authorizationScheme,
  type Operation,
  type SecurityRequirement,
  type SecurityScheme,
} from "@dots-payouts/openapi";
import { type Credentials, rightAuthorization } from "../http/credentials.ts";
import type { WireRequest } from "../http/request.ts";

/** The credentials of a request. */
export interface Login {
  readonly headers: Readonly<Record<string, string>>;
  /** Parameters in the query, by name. */
  readonly query: Readonly<Record<string, string>>;
  readonly authorization?: WireRequest["authorization"];
}

/**
 * The credentials for an operation: those for the first security requirement that they can satisfy. The password is
 * also used as token and as key. `undefined` if they satisfy none.
 */
export function loginFor({ security }: Operation, credentials: Credentials): Login | undefined {
  if (security.length === 0) return { headers: {}, query: {} };
  const ways = security.map((schemes) => loginBy(schemes, credentials));
  return ways.find((way) => way?.authorization !== undefined) ?? ways.find((way) => way !== undefined);
}

function loginBy(schemes: SecurityRequirement, credentials: Credentials): Login | undefined {
  const parts = schemes.flatMap((scheme) => loginWith(scheme, credentials) ?? []);
  const authorizations = parts.flatMap(({ authorization }) => authorization ?? []);
  // One request has one Authorization header.
  if (parts.length < schemes.length || authorizations.length > 1) return undefined;
  const [authorization] = authorizations;
  return {
    headers: Object.assign({}, ...parts.map(({ headers }) => headers)),
    query: Object.assign({}, ...parts.map(({ query }) => query)),
    ...(authorization === undefined ? {} : { authorization }),
  };
}

function loginWith(wanted: SecurityScheme, credentials: Credentials): Login | undefined {
  const { password } = credentials;
  const none = { headers: {}, query: {} };
  const scheme = authorizationScheme(wanted);
  if (scheme === "Basic") return { ...none, authorization: rightAuthorization(credentials) };
  if (scheme !== undefined) {
    const curl = `-H "authorization: ${scheme} \${DOTS_API_KEY}"`;
    return { ...none, authorization: { header: `${scheme} ${password}`, curl } };
  }
  const { type, node } = wanted;
  const name = node["name"];
  if (type !== "apiKey" || typeof name !== "string") return undefined;
  if (node["in"] === "query") return { ...none, query: { [name]: password } };
  if (node["in"] === "cookie") return { ...none, headers: { cookie: `${name}=${password}` } };
  return { ...none, headers: { [name.toLowerCase()]: password } };
}
