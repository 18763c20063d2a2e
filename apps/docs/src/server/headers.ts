/**
 * What a page may load and call: its own origin, and a server on the reader's own machine, which is where a mock runs.
 * Styles may stand inside the page because Redoc writes its own there.
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

/** For a `<meta>` element, which is all that a host without headers of its own can send. */
export const META_POLICY: string = POLICY.join("; ");

/** The headers of every answer. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  // A `<meta>` element may not say this one.
  "Content-Security-Policy": `${META_POLICY}; frame-ancestors 'none'`,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/** Files under `assets/` carry a hash of their content in their names, so they may be kept for good. */
export const ASSET_CACHING = "public, max-age=31536000, immutable";

/** Pages are asked for again each time; the answer is 304 while nothing has changed. */
export const PAGE_CACHING = "no-cache";
