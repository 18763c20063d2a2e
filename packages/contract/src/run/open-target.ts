import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { CannotRun } from "../errors/cannot-run.ts";
import { openServer, type Server } from "../http/server.ts";
import { CONCURRENCY, type ContractOptions, TIMEOUT } from "./contract-options.ts";

const manifest: { readonly version: string } = createRequire(import.meta.url)(
  "@dots-payouts/contract/package.json",
);
/** Each run has its own name, so that its requests can be found in the server's logs. */
const userAgent = (): string => `dots-contract/${manifest.version} (run ${randomBytes(4).toString("hex")})`;

/** Some checks send many requests at once, in addition to the checks that run at the same time. */
const CROWDS = 64;

/** How the server is reached. */
export type TargetOptions = Pick<ContractOptions, "timeout" | "concurrency" | "headers" | "proxy" | "tls">;

/**
 * The server to check. Sends nothing yet.
 * @throws CannotRun if a URL cannot be sent to
 */
export function openTarget(url: string, options: TargetOptions): Server {
  const { timeout = TIMEOUT, concurrency = CONCURRENCY, headers = {}, proxy, tls = {} } = options;
  return openServer(parseUrl(url), {
    timeout,
    maxSockets: concurrency + CROWDS,
    headers: {
      "user-agent": userAgent(),
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    },
    proxy: proxy === undefined ? undefined : parseProxy(proxy),
    tls,
  });
}

function parseProxy(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:") return url;
  throw new CannotRun(
    `${JSON.stringify(text.replace(/\/\/.*@/, "//"))} is not the URL of an HTTP proxy, http://…`,
  );
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw new CannotRun(`${JSON.stringify(text)} is not a URL that starts with http:// or https://`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new CannotRun("credentials do not belong in the URL; use --username and --password");
  }
  return url;
}
