/**
 * What a page may load and connect to: its own origin, and servers on the reader's own machine, where a mock runs.
 * Inline styles are allowed because Redoc writes its styles into the page.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self' http://localhost:* http://127.0.0.1:*",
  "base-uri 'none'",
  "form-action 'none'",
];

/** For a `<meta>` element, for hosts that can't send headers. */
export const META_POLICY: string = POLICY.join("; ");

/** The headers of every response. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  // This one is not allowed in a `<meta>` element.
  "Content-Security-Policy": `${META_POLICY}; frame-ancestors 'none'`,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/** Files under `assets/` have a hash of their content in their names, so they can be cached forever. */
export const ASSET_CACHING = "public, max-age=31536000, immutable";

/** Pages are revalidated each time; the response is 304 if nothing has changed. */
export const PAGE_CACHING = "no-cache";
