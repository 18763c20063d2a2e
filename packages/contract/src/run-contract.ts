import type { Check } from "./checks/check.ts";
import { CannotRun } from "./errors/cannot-run.ts";
import type { Server } from "./http/server.ts";
import type { Report } from "./report/model.ts";
import { makeReport } from "./report/report.ts";
import { acceptFirst, creatingOperations, plainBodies } from "./run/accept-first.ts";
import { joinCauses } from "./run/causes.ts";
import { cleanUp } from "./run/clean-up.ts";
import {
  type Announcement,
  CONCURRENCY,
  type ContractOptions,
  KEY_AGE,
  WEBHOOK_WAIT,
} from "./run/contract-options.ts";
import { findSmallestOfEach } from "./run/find-smallest.ts";
import { openTarget } from "./run/open-target.ts";
import { listOwnRules, requireAccepted } from "./run/own-rules.ts";
import { planChecks } from "./run/plan.ts";
import { preflight } from "./run/preflight.ts";
import { repeatCauses } from "./run/repeat-causes.ts";
import { runChecks } from "./run/run-checks.ts";
import { selectChecks } from "./run/select.ts";
import { whyUnable } from "./run/why-unable.ts";
import { type Context, openContext } from "./suite/context.ts";
import { permissionsFor } from "./suite/permissions.ts";
import type { Receiver } from "./suite/receiver.ts";
import { openSuite, type Suite } from "./suite/suite.ts";
import { openReceiver } from "./webhooks/receiver.ts";
import { webhooksChecks } from "./webhooks/webhooks-checks.ts";

/**
 * Checks whether a server conforms to the spec.
 * @throws CannotRun if the checks cannot run
 * @example
 * ```ts
 * const report = await runContract({ url: "http://127.0.0.1:4010" });
 * console.log(pretty(report, false));
 * ```
 */
export async function runContract(options: ContractOptions): Promise<Report> {
  const suite = openSuite(options);
  const listens = options.webhookListen !== undefined;
  const planned = [...planChecks(suite, options), ...(listens ? webhooksChecks(suite) : [])];
  const checks = selectChecks(planned, options);
  const server = openTarget(options.url, options);
  let receiver: Receiver | undefined;
  try {
    receiver = await receiverFor(suite, options);
    const context = openContext(
      suite,
      server,
      permissionsFor(suite, server, options),
      options.keyAge ?? KEY_AGE,
      receiver,
    );
    options.onStart?.(announce(context, checks, server));
    return await runOn(context, checks, options);
  } finally {
    server.close();
    receiver?.close();
  }
}

async function receiverFor(suite: Suite, options: ContractOptions): Promise<Receiver | undefined> {
  const { webhookListen: listen, webhookSecret: secret, webhookWait: wait = WEBHOOK_WAIT } = options;
  if (listen === undefined) return undefined;
  if (secret === undefined)
    throw new CannotRun("to receive deliveries, set webhookSecret, the secret that they are signed with");
  return await openReceiver(suite, { listen, secret, wait });
}

async function runOn(
  context: Context,
  checks: readonly Check[],
  { bail = false, cleanUp: cleansUp = true, concurrency = CONCURRENCY, onResult }: ContractOptions,
): Promise<Report> {
  const { suite, server } = context;
  const started = performance.now();
  await preflight(context);
  await acceptFirst(context, checks);
  let [done, failed] = [0, 0];
  const results = await runChecks(context, checks, { concurrency, bail }, ({ check, broken }) => {
    done += 1;
    if (broken.length > 0) failed += 1;
    onResult?.({ done, total: checks.length, failed, title: check.title });
  });
  requireAccepted(context, results);
  const smallest = await findSmallestOfEach(joinCauses(results, "broken"));
  const causes = await repeatCauses(context, smallest);
  const removed = cleansUp ? await cleanUp(context) : 0;
  return makeReport(suite, server.base, {
    results,
    causes,
    assumptions: joinCauses(results, "differing"),
    ownRules: listOwnRules(context, results),
    requests: server.sent(),
    connections: server.cut(),
    created: context.created.all(),
    removed,
    milliseconds: performance.now() - started,
  });
}

function announce(context: Context, checks: readonly Check[], { base }: Server): Announcement {
  const { suite, permissions, receiver } = context;
  const creates: Record<string, number> = {};
  for (const tested of creatingOperations(context, checks)) {
    const plain = plainBodies(context, tested).length;
    if (plain > 0) creates[tested.operation.id] = plain;
  }
  for (const check of checks) {
    if (whyUnable(check, suite, permissions) !== undefined) continue;
    const elsewhere = (check.elsewhere ?? []).map(({ operation }) => ({ operation, count: 1 }));
    for (const { operation, count } of [{ operation: check.operation, count: check.creates }, ...elsewhere]) {
      if (count > 0) creates[operation] = (creates[operation] ?? 0) + count;
    }
  }
  return {
    server: base.href.replace(/\/$/, ""),
    checks: checks.length,
    creates,
    seed: suite.seed,
    webhooks: receiver?.url,
  };
}
