import type { Browser } from "playwright-core";
import { launchChromium } from "./launch-chromium.ts";

let browser: Promise<Browser> | undefined;

/**
 * One Chromium for all test files of a worker, which ends with the worker: to start one takes longer than most tests.
 * Leave it open, and close the pages and contexts that you have opened.
 */
export function sharedChromium(): Promise<Browser> {
  browser ??= launchChromium();
  return browser;
}
