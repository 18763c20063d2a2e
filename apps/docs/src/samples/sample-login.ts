import { authorizationScheme, type Operation, type SecurityScheme } from "@dots-payouts/openapi";

/** Placeholder credentials: the mock accepts any. */
export const SAMPLE_CREDENTIALS = { user: "client-id", password: "api-key" } as const;

/** How a sample authenticates: with a user name and a password, with a header, or not at all. */
export type SampleLogin =
  | { readonly kind: "basic" }
  | { readonly kind: "header"; readonly name: string; readonly value: string }
  | { readonly kind: "none" };

/** The operation's first way to authenticate that samples support; `undefined` if there is none. */
export function sampleLogin({ security }: Operation): SampleLogin | undefined {
  if (security.length === 0) return { kind: "none" };
  const ways = security.map((schemes) => {
    const [scheme] = schemes;
    if (scheme === undefined) return { kind: "none" } as const;
    return schemes.length === 1 ? loginWith(scheme) : undefined;
  });
  return ways.find((way) => way !== undefined);
}

function loginWith(wanted: SecurityScheme): SampleLogin | undefined {
  const scheme = authorizationScheme(wanted);
  if (scheme === "Basic") return { kind: "basic" };
  const key = SAMPLE_CREDENTIALS.password;
  if (scheme !== undefined) return { kind: "header", name: "Authorization", value: `${scheme} ${key}` };
  const { type, node } = wanted;
  const name = node["name"];
  const isHeader = type === "apiKey" && node["in"] === "header" && typeof name === "string";
  return isHeader ? { kind: "header", name, value: key } : undefined;
}
