import { getAt, type Json } from "@dots-payouts/openapi";
import { type Exchange, isAnswer, parseJson } from "../http/request.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { same } from "../values/difference.ts";
import type { BrokenPromise } from "./broken-promise.ts";
import { expectSuccess } from "./expect-answer.ts";
import { expectEcho } from "./expect-echo.ts";

/**
 * Expects that a second answer is the resource of the first. What may change in the meantime, such as a status in the
 * resource, is left aside: what was fresh and what was echoed stays.
 * @param sent the body of the first request
 */
export function expectReplay(
  tested: TestedOperation,
  place: string,
  first: Exchange,
  second: Exchange,
  sent: Json,
): BrokenPromise[] {
  const exchanges = [first, second];
  const { success } = tested;
  const [one, two] = [bodyOf(first), bodyOf(second)];
  if (success === undefined || !isAnswer(first.outcome) || one === undefined) return [];
  const failed = expectSuccess(tested, second, "a replay");
  if (failed.length > 0) return failed.map((each) => ({ ...each, exchanges }));
  if (!isAnswer(second.outcome) || two === undefined) return [];
  if (first.outcome.status !== second.outcome.status) {
    const cause = "a replay is answered with another status";
    const expected = `the answer to a replay is that to the first request, its status with it: ${first.outcome.status}, not ${second.outcome.status}`;
    return [{ kind: cause, cause, expected, place, exchanges }];
  }
  const other = success.generated.find(({ pointer }) => {
    const [before, after] = [getAt(one, pointer), getAt(two, pointer)];
    return before !== undefined && after !== undefined && !same(before, after);
  });
  if (other === undefined) {
    return expectEcho(success, second, sent, two).map((each) => {
      const cause = `a replay brings another value: ${each.cause}`;
      return { ...each, kind: cause, cause, place, exchanges };
    });
  }
  const cause = "a replay makes another resource";
  const [before, after] = [getAt(one, other.pointer), getAt(two, other.pointer)];
  const expected = `a replay brings the first resource back; ${other.pointer} was ${JSON.stringify(before)}, then ${JSON.stringify(after)}`;
  return [{ kind: cause, cause, expected, place, exchanges }];
}

function bodyOf({ outcome }: Exchange): Json | undefined {
  return isAnswer(outcome) ? parseJson(outcome.body) : undefined;
}
