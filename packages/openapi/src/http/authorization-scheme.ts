import type { SecurityScheme } from "../operation/operation.ts";

/**
 * The scheme of the Authorization header; `undefined` if another header or none is used. OAuth 2.0 and OpenID Connect
 * tokens are sent according to RFC 6750.
 */
export function authorizationScheme({ type, scheme }: SecurityScheme): "Basic" | "Bearer" | undefined {
  if (type === "http" && scheme === "basic") return "Basic";
  const isToken = (type === "http" && scheme === "bearer") || type === "oauth2" || type === "openIdConnect";
  return isToken ? "Bearer" : undefined;
}
