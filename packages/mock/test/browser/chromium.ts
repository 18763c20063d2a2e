import { launchChromium } from "@dots-payouts/chromium";
import type { Browser } from "playwright-core";

/**
 * Chromium's own protection must be off where pages attack the mock, because other browsers lack it. The name resolves
 * to this machine (DNS rebinding).
 */
const FLAGS = [
  "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests",
  "--host-resolver-rules=MAP evil.example 127.0.0.1",
];

let browser: Promise<Browser> | undefined;

/** One Chromium for all test files, which ends with their process. Close the pages and contexts that you have opened. */
export function chromium(): Promise<Browser> {
  browser ??= launchChromium(FLAGS);
  return browser;
}
