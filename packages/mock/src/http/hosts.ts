import { isIP } from "node:net";

/**
 * Whether a request may be for this host. A page at its own name, which leads to this machine all the same, would
 * count as the mock's own page (DNS rebinding); so only names pass that nobody else can own.
 * @param host the header `Host`
 * @param allowed names that pass too
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
