import { CannotRun } from "./cannot-run.ts";
import type { Check, Context, Limits } from "./check.ts";
import { openServer } from "./http/server.ts";
import { limitsOf, type Permissions, reasonAgainst } from "./permissions.ts";
import { planChecks } from "./plan.ts";
import type { Report } from "./report/model.ts";
import { makeReport } from "./report/report.ts";
import { preflight } from "./run/preflight.ts";
import { openContext, type Result, runChecks } from "./run/run-checks.ts";
import { type Selection, selectChecks } from "./run/select.ts";
import { shrinkCauses } from "./run/shrink.ts";
import type { Suite } from "./suite/suite.ts";
import { openSuite, type SuiteOptions } from "./suite/suite.ts";

export interface ContractOptions extends SuiteOptions, Selection, Permissions {
  /** The server's base URL, to which the paths of the spec are appended. */
  readonly url: string;
  /** How many checks run at once. @default 16 */
  readonly concurrency?: number | undefined;
  /** How long one answer may take, in milliseconds. @default 10000 */
  readonly timeout?: number | undefined;
  /** Stop after the first promise that is broken. @default false */
  readonly bail?: boolean | undefined;
  /** Told once, before anything is sent. */
  readonly onStart?: ((announcement: Announcement) => void) | undefined;
  /** Told of each check as it ends. */
  readonly onResult?: ((progress: Progress) => void) | undefined;
}

/** What a run is about to do. */
export interface Announcement {
  readonly server: string;
  readonly checks: number;
  /** How many resources a server that keeps the spec makes, at most, operation by operation. */
  readonly creates: Readonly<Record<string, number>>;
  readonly seed: number;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  readonly title: string;
}

/** How long one answer may take, in milliseconds, unless said otherwise. */
export const TIMEOUT = 10_000;
export const CONCURRENCY = 16;

/**
 * Checks whether a server keeps the spec.
 * @throws CannotRun when that cannot be found out
 */
export async function runContract(options: ContractOptions): Promise<Report> {
  const base = parseUrl(options.url);
  const suite = openSuite(options);
  const checks = selectChecks(planChecks(suite), options);
  const concurrency = options.concurrency ?? CONCURRENCY;
  const server = openServer(base, options.timeout ?? TIMEOUT, concurrency + 64);
  try {
    const limits = limitsOf(suite, server, options);
    options.onStart?.(announce(suite, limits, base, checks));
    return await runOn(openContext(suite, server, limits), checks, concurrency, options);
  } finally {
    server.close();
  }
}

async function runOn(
  context: Context,
  checks: readonly Check[],
  concurrency: number,
  { bail = false, onResult }: ContractOptions,
): Promise<Report> {
  const { suite, server } = context;
  const started = performance.now();
  await preflight(context);
  const results: Result[] = [];
  let failed = 0;
  const ordered = await runChecks(context, checks, { concurrency, bail }, (result) => {
    results.push(result);
    if (result.violations.length > 0) failed += 1;
    onResult?.({ done: results.length, total: checks.length, failed, title: result.check.title });
  });
  const shrunk = await shrinkCauses(ordered);
  const figures = { requests: server.sent(), milliseconds: performance.now() - started };
  return makeReport(suite, server.base, shrunk, figures);
}

/** @throws CannotRun when the text is no URL that can be sent to */
export function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw new CannotRun(`${JSON.stringify(text)} is not a URL that begins with http:// or https://`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new CannotRun("credentials do not belong into the URL; give --username and --password");
  }
  return url;
}

function announce(suite: Suite, limits: Limits, base: URL, checks: readonly Check[]): Announcement {
  const creates: Record<string, number> = {};
  for (const check of checks) {
    if (check.creates === 0 || reasonAgainst(check, suite, limits) !== undefined) continue;
    creates[check.operation] = (creates[check.operation] ?? 0) + check.creates;
  }
  return { server: base.href.replace(/\/$/, ""), checks: checks.length, creates, seed: suite.seed };
}
