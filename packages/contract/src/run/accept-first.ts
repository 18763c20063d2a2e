import type { Check } from "../checks/check.ts";
import { expectCreated, isMade } from "../expectations/expect-answer.ts";
import { makeRequest } from "../requests/make-request.ts";
import { type Context, mayBeSent } from "../suite/context.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { whyUnable } from "./why-unable.ts";

/**
 * Sends each operation the plainest possible request, whatever checks were selected: later refusals are compared with
 * what the server has accepted. This does not count as a check.
 */
export async function acceptFirst(context: Context, checks: readonly Check[]): Promise<void> {
  for (const tested of creatingOperations(context, checks)) {
    for (const value of plainBodies(context, tested)) {
      const sent = tested.body?.fresh(value);
      const exchange = await context.server.send(makeRequest(context.suite, tested, sent));
      expectCreated(context, tested, exchange, sent);
      if (isMade(tested, exchange)) break;
    }
  }
}

/** The operations that create something in some check. */
export function creatingOperations(context: Context, checks: readonly Check[]): TestedOperation[] {
  const creating = new Set(
    checks
      .filter(
        (check) => check.creates > 0 && whyUnable(check, context.suite, context.permissions) === undefined,
      )
      .map(({ operation }) => operation),
  );
  return context.suite.operations.filter(({ operation }) => creating.has(operation.id));
}

/** The smallest bodies that may be sent, one for each alternative. */
export function plainBodies(context: Context, tested: TestedOperation) {
  return (tested.body?.smallest ?? []).filter((value) => mayBeSent(context, tested, value));
}
