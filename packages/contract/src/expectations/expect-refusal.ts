import { type Exchange, isAnswer } from "../http/request.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import type { RuleBroken } from "../values/candidates.ts";
import { type BrokenPromise, noAnswer } from "./broken-promise.ts";
import { isSuccess } from "./expect-answer.ts";
import { assumedFormat, expectDocumented } from "./expect-documented.ts";

/** Expects that an invalid request is refused with a documented 4xx. @param rule the rule that it breaks */
export function expectRefusal(
  tested: TestedOperation,
  exchange: Exchange,
  { words, place, at, name }: RuleBroken,
): BrokenPromise[] {
  const expected = `${words}; anything else is refused with a documented 4xx`;
  const { outcome } = exchange;
  if (!isAnswer(outcome)) return [noAnswer(exchange, expected, place)];
  const { status } = outcome;
  // A 401 is wrong here: the credentials were valid.
  if (status >= 400 && status < 500 && status !== 401) return expectDocumented(tested, exchange, outcome);
  const taken = status >= 200 && status < 300;
  if (!taken) {
    const cause = `invalid requests are answered with ${status}`;
    return [
      {
        severity: "data",
        cause: `refused with ${status}: ${words}`,
        broader: { cause, from: "many" },
        expected,
        // The schema promises that nothing is created; the documented refusals say how.
        place: tested.documented(400)?.pointer ?? place,
        exchanges: [exchange],
      },
    ];
  }
  return [
    {
      severity: tested.sendsMoney(at) ? "money" : "data",
      cause: `not refused: ${words}`,
      broader: { cause: "no invalid request is refused", from: "all" },
      expected,
      place,
      ...(name === undefined ? {} : { name }),
      ...assumedFormat(tested, place, at),
      exchanges: [exchange],
    },
  ];
}

/** Expects that a request with wrong credentials is refused with 401. @param words the name of the credentials */
export function expectUnauthorized(
  tested: TestedOperation,
  exchange: Exchange,
  words: string,
  place: string,
): BrokenPromise[] {
  const expected = `${words}: refused with 401`;
  const { outcome } = exchange;
  if (!isAnswer(outcome)) return [noAnswer(exchange, expected, place)];
  if (outcome.status === 401) return expectDocumented(tested, exchange, outcome);
  const taken = isSuccess(tested, outcome);
  const cause = taken
    ? "wrong credentials are accepted"
    : `wrong credentials are answered with ${outcome.status}`;
  return [
    {
      severity: taken ? "security" : "form",
      cause: `${cause}: ${words}`,
      broader: { cause, from: "many" },
      expected,
      place: taken ? place : (tested.documented(401)?.pointer ?? place),
      exchanges: [exchange],
    },
  ];
}
