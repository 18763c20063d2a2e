import { getAt, type Json } from "@dots-payouts/openapi";
import type { Violation } from "../check.ts";
import { type Exchange, isAnswer, parseJson } from "../http/request.ts";
import type { Subject } from "../suite/subject.ts";
import { same } from "../values/difference.ts";
import { judgeSuccess } from "./judge-answer.ts";
import { judgeEcho } from "./judge-echo.ts";

/**
 * Judges that a second answer is the resource of the first. What may change in the meantime, such as a status in the
 * resource, is left aside: what was fresh and what was echoed stays.
 * @param sent the body of the first request
 */
export function judgeReplay(
  subject: Subject,
  place: string,
  first: Exchange,
  second: Exchange,
  sent: Json,
): Violation[] {
  const exchanges = [first, second];
  const { success } = subject;
  const [one, two] = [bodyOf(first), bodyOf(second)];
  if (success === undefined || !isAnswer(first.outcome) || one === undefined) return [];
  const failed = judgeSuccess(subject, second, "a replay");
  if (failed.length > 0) return failed.map((violation) => ({ ...violation, exchanges }));
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
    return judgeEcho(success, second, sent, two).map((violation) => {
      const cause = `a replay brings another value: ${violation.cause}`;
      return { ...violation, kind: cause, cause, place, exchanges };
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
