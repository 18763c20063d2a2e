import { formatPointer, getAt, isObject, type Json } from "@dots-payouts/openapi";
import { type Exchange, isAnswer, parseJson } from "../http/request.ts";
import { isWithin } from "../suite/money.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import type { TestedSuccess } from "../suite/tested-success.ts";
import { same } from "../values/difference.ts";
import type { BrokenPromise } from "./broken-promise.ts";
import { expectSuccess, isSuccess } from "./expect-answer.ts";

/**
 * Expects that a second answer equals the first one. Changes that the resource makes on its own in the meantime don't
 * count: it may move to another state, and get new values.
 */
export function expectReplay(
  tested: TestedOperation,
  place: string,
  first: Exchange,
  second: Exchange,
): BrokenPromise[] {
  const exchanges = [first, second];
  const one = bodyOf(first);
  if (!isAnswer(first.outcome) || one === undefined) return [];
  const success = tested.successAt(first.outcome.status);
  if (success === undefined) return [];
  const failed = expectSuccess(tested, second, "a replay");
  if (failed.length > 0) {
    // A refused replay looks as if nothing had been paid.
    const refused = !isAnswer(second.outcome) || !isSuccess(tested, second.outcome);
    return failed.map((each) => ({ ...each, ...(refused ? { severity: "money" } : {}), exchanges }));
  }
  const two = bodyOf(second);
  if (!isAnswer(second.outcome) || two === undefined) return [];
  const { replayStatus } = tested.operation.idempotencyKey ?? {};
  if (replayStatus === "same" && first.outcome.status !== second.outcome.status) {
    return [
      {
        severity: "form",
        cause: "a replay is answered with a different status",
        expected: `a replay gets the same answer as the first request, including its status: ${first.outcome.status}, not ${second.outcome.status}`,
        place: `${place}/replayStatus`,
        exchanges,
      },
    ];
  }
  const changes = changesIn(success, one, two, "");
  const made = changes.find((at) => success.generated.some(({ pointer }) => pointer === at));
  return (made === undefined ? changes : [made]).map((at) => {
    const [before, after] = [shown(getAt(one, at)), shown(getAt(two, at))];
    return {
      severity: made !== undefined || tested.showsMoney(at) ? "money" : "data",
      cause:
        made === undefined
          ? `a replay returns a different ${placeOf(success, at)}`
          : "a replay creates another resource",
      expected: `a replay returns the first resource; ${at} was ${before}, then ${after}`,
      place,
      exchanges,
    };
  });
}

/** JSON Pointers to what a resource cannot have changed on its own. */
function changesIn(
  success: TestedSuccess,
  one: Json | undefined,
  two: Json | undefined,
  at: string,
): string[] {
  // The time of creation does not identify the resource.
  if (success.generated.some(({ pointer, rule }) => pointer === at && rule === "now")) return [];
  const isEchoed = isWithin(
    success.echo.map(({ response }) => response),
    at,
  );
  if (isNothing(one)) return isEchoed && !isNothing(two) ? [at] : [];
  if (isObject(one) && isObject(two)) {
    const described = success.describedAt(at);
    // If the spec describes no properties, the whole value that was sent is returned.
    if (isEchoed && described.size === 0) return same(one, two) ? [] : [at];
    const names = new Set([...Object.keys(one), ...described]);
    return [...names].flatMap((name) =>
      changesIn(success, own(one, name), own(two, name), at + formatPointer([name])),
    );
  }
  if (!isEchoed && success.isState(at)) return [];
  return same(one, two) ? [] : [at];
}

/** What is returned as a whole is reported as a whole. */
function placeOf(success: TestedSuccess, at: string): string {
  return success.echo.find(({ response }) => isWithin([response], at))?.response ?? at;
}

function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null;
}

function own(object: { readonly [name: string]: Json }, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function shown(value: Json | undefined): string {
  return value === undefined ? "missing" : JSON.stringify(value);
}

function bodyOf({ outcome }: Exchange): Json | undefined {
  return isAnswer(outcome) ? parseJson(outcome.body) : undefined;
}
