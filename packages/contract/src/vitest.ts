import { afterAll, describe, it } from "vitest";
import type { Check } from "./checks/check.ts";
import type { BrokenPromise } from "./expectations/broken-promise.ts";
import type { Server } from "./http/server.ts";
import { showExchange } from "./report/show.ts";
import { acceptFirst } from "./run/accept-first.ts";
import { cleanUp } from "./run/clean-up.ts";
import { KEY_AGE, TIMEOUT } from "./run/contract-options.ts";
import { findSmallest } from "./run/find-smallest.ts";
import { openTarget, type TargetOptions } from "./run/open-target.ts";
import { planChecks } from "./run/plan.ts";
import { preflight } from "./run/preflight.ts";
import { runCheck } from "./run/run-checks.ts";
import { type Selection, selectChecks } from "./run/select.ts";
import { type Context, openContext } from "./suite/context.ts";
import { type PermissionOptions, permissionsFor } from "./suite/permissions.ts";
import { accountsOf, openSuite, type SuiteOptions } from "./suite/suite.ts";

/** How many problems are shown per promise. */
const SHOWN = 3;

/** Options of `contract()`. */
export interface ContractTestOptions extends SuiteOptions, Selection, PermissionOptions, TargetOptions {
  /** The server's base URL, or a function that is called before the first test, for a server started in `beforeAll`. */
  readonly url: string | (() => string | Promise<string>);
  /** How old keys must be, in milliseconds, before they are sent again at the end. @default 3500 */
  readonly keyAge?: number | undefined;
  /** Remove what the tests have created at their end, if the spec has a way. @default true */
  readonly cleanUp?: boolean | undefined;
}

/**
 * Registers one vitest test for each promise of the spec, in a `describe` for each operation. Promises that cannot be
 * exercised are skipped, with the reason.
 *
 * @example
 * contract({ url: "http://127.0.0.1:4010" });
 */
export function contract(options: ContractTestOptions): void {
  const suite = openSuite(options);
  const checks = selectChecks(planChecks(suite, options), options);
  const timeout = options.timeout ?? TIMEOUT;
  let server: Server | undefined;
  let opened: Promise<Context> | undefined;
  const open = async (): Promise<Context> => {
    const url = typeof options.url === "string" ? options.url : await options.url();
    server = openTarget(url, options);
    const context = openContext(
      suite,
      server,
      permissionsFor(suite, server, options),
      options.keyAge ?? KEY_AGE,
    );
    await preflight(context);
    await acceptFirst(context, checks);
    return context;
  };
  const context = (): Promise<Context> => {
    opened ??= open();
    return opened;
  };
  afterAll(async () => {
    try {
      // If the run could not start, nothing was created, and each test says why.
      const running = await opened?.catch(() => undefined);
      if (running !== undefined && options.cleanUp !== false) await cleanUp(running);
    } finally {
      server?.close();
    }
  });

  const [last, first] = [
    checks.filter(({ phase }) => phase === "last"),
    checks.filter(({ phase }) => phase !== "last"),
  ];
  for (const [operation, own] of [...byOperation(first), ...byOperation(last)]) {
    describe(operation, () => {
      for (const check of own) {
        const register = check.phase === "last" ? it : it.concurrent;
        // A check may wait for several answers, one after the other.
        register(check.title, { timeout: timeout * 10 }, async ({ skip }) => {
          const running = await context();
          const { broken, ownRules, unable } = await runCheck(running, check);
          if (unable !== undefined) skip(`not exercised: ${unable}`);
          if (broken.length === 0 && ownRules.length > 0)
            skip("the server refuses this because of its own rules");
          const smallest = await Promise.all(broken.slice(0, SHOWN).map((each) => findSmallest(each)));
          if (smallest.length > 0) {
            throw new BrokenPromiseError(smallest.map((each) => describeBroken(each, running)).join("\n\n"));
          }
        });
      }
    });
  }
}

function byOperation(checks: readonly Check[]): Map<string, Check[]> {
  return Map.groupBy(checks, ({ operation }) => operation);
}

function describeBroken(
  { cause, expected, place, exchanges }: BrokenPromise,
  { server, suite }: Context,
): string {
  const last = exchanges.at(-1);
  const shown = last === undefined ? undefined : showExchange(last, server.base, accountsOf(suite));
  return [
    cause,
    `promised  ${expected}`,
    `in spec   #${place}`,
    ...(shown === undefined
      ? []
      : [`sent      ${shown.request}`, `answer    ${shown.answer}`, `repeat    ${shown.curl}`]),
    `seed      ${suite.seed}`,
  ].join("\n");
}

/** A promise of the spec that the server breaks. */
export class BrokenPromiseError extends Error {
  override readonly name = "BrokenPromiseError";
}
