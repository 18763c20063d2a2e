import type { SecurityScheme } from "../operation/operation.ts";

/**
 * The scheme of the Authorization header that logs in; `undefined` if it is another, or none does. A token of OAuth
 * 2.0 or OpenID Connect is sent as RFC 6750 says.
 */
export function authorizationScheme({ type, scheme }: SecurityScheme): "Basic" | "Bearer" | undefined {
  if (type === "http" && scheme === "basic") return "Basic";
  const isToken = (type === "http" && scheme === "bearer") || type === "oauth2" || type === "openIdConnect";
  return isToken ? "Bearer" : undefined;
}
