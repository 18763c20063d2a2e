import { CannotRun } from "../errors/cannot-run.ts";
import { openServer, type Server } from "../http/server.ts";
import { CONCURRENCY, type ContractOptions, TIMEOUT } from "./contract-options.ts";

/** Some checks send many requests at once, beside the checks that run at the same time. */
const CROWDS = 64;

/**
 * The server that is to be checked. Nothing is sent yet.
 * @throws CannotRun when the text is no URL that can be sent to
 */
export function openTarget(
  url: string,
  { timeout = TIMEOUT, concurrency = CONCURRENCY }: Pick<ContractOptions, "timeout" | "concurrency">,
): Server {
  return openServer(parseUrl(url), timeout, concurrency + CROWDS);
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw new CannotRun(`${JSON.stringify(text)} is not a URL that begins with http:// or https://`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new CannotRun("credentials do not belong into the URL; give --username and --password");
  }
  return url;
}
