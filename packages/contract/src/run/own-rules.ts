import type { Check } from "../checks/check.ts";
import { CannotRun } from "../errors/cannot-run.ts";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { isAnswer } from "../http/request.ts";
import type { Context } from "../suite/context.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import type { Result } from "./result.ts";

/** A rule that a server has in addition to the spec, as inferred from the requests that it refused. */
export interface OwnRule {
  readonly operation: string;
  /** What it is about: `/contact/email: an email address`. */
  readonly about: string;
  readonly checks: readonly Check[];
  readonly shown: BrokenPromise;
}

/**
 * Whether a valid request was refused by the server's own rules: it has a value that no accepted request had, of a kind
 * that a server with real data cannot accept from just anyone.
 */
export function isOwnRule(context: Context, check: Check, { refused }: BrokenPromise): boolean {
  const tested = operationOf(context, check);
  return (
    refused !== undefined && tested !== undefined && context.accepted.excuses(tested, refused).length > 0
  );
}

/** The server's own rules, with their evidence. */
export function listOwnRules(context: Context, results: readonly Result[]): OwnRule[] {
  const refusals = results.flatMap(({ check, ownRules }) =>
    ownRules.map((shown) => {
      const tested = operationOf(context, check);
      const [risk] =
        tested === undefined || shown.refused === undefined
          ? []
          : context.accepted.excuses(tested, shown.refused);
      return { check, shown, about: `${risk?.pointer ?? ""}: ${risk?.kind ?? ""}` };
    }),
  );
  return [...Map.groupBy(refusals, ({ check, about }) => `${check.operation} ${about}`).values()].flatMap(
    (same): OwnRule[] => {
      const [first] = same.toSorted((one, other) => lengthOf(one.shown) - lengthOf(other.shown));
      if (first === undefined) return [];
      const checks = [...new Set(same.map(({ check }) => check))];
      return [{ operation: first.check.operation, about: first.about, checks, shown: first.shown }];
    },
  );
}

/**
 * @throws CannotRun if an operation has accepted nothing, possibly for its own reasons: nothing is known about it then
 */
export function requireAccepted(context: Context, results: readonly Result[]): void {
  for (const { operation } of context.suite.operations) {
    if (context.accepted.count(operation.id) > 0) continue;
    const own = results.filter(({ check }) => check.operation === operation.id);
    const refused = own.flatMap(({ ownRules }) => ownRules)[0];
    if (refused === undefined || own.some(({ broken }) => broken.some((each) => each.refused !== undefined)))
      continue;
    const { outcome } = refused.exchanges.at(-1) ?? {};
    const answer =
      outcome !== undefined && isAnswer(outcome) ? `${outcome.status} ${outcome.body.slice(0, 100)}` : "";
    throw new CannotRun(
      `${operation.id} accepted no request (${answer}), so it could not be checked. Provide values that exist on the server: --values <file>.`,
    );
  }
}

function operationOf({ suite }: Context, check: Check): TestedOperation | undefined {
  return suite.operations.find(({ operation }) => operation.id === check.operation);
}

function lengthOf({ exchanges }: BrokenPromise): number {
  return exchanges.at(-1)?.request.body?.length ?? 0;
}
