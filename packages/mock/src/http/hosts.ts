import { isIP } from "node:net";

/**
 * Whether requests to this host are allowed. A page on a foreign name that resolves to this machine would count as the
 * mock's own page (DNS rebinding), so only names that nobody else can own are allowed.
 * @param host the header `Host`
 * @param allowed other allowed names
 */
export function isAllowedHost(host: string | undefined, allowed: ReadonlySet<string>): boolean {
  if (host === undefined) return true;
  const name = hostName(host);
  if (isIP(name.replace(/^\[|\]$/g, "")) !== 0) return true;
  return !name.includes(".") || name.endsWith(".localhost") || allowed.has(name);
}

/** Whether a page of this origin is on this machine. */
export function isLoopback(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { hostname } = new URL(origin);
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}

/** A host without its port, in lower case and without the dot at its end. */
export function hostName(host: string): string {
  return host.replace(/:\d*$/, "").replace(/\.$/, "").toLowerCase();
}
