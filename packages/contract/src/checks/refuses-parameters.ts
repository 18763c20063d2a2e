import { isSafe } from "@dots-payouts/openapi";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { expectRefusal } from "../expectations/expect-refusal.ts";
import { type Exchange, isAnswer } from "../http/request.ts";
import { makeRequest } from "../requests/make-request.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { type MalformedParameter, malformedParameters } from "../values/malformed-parameters.ts";
import { type Check, named, slug } from "./check.ts";

const READS =
  "The spec says what a parameter looks like, but not that a read-only request with a wrong one is refused.";

/** Query parameters that break their schemas. */
export function refusesParameters(suite: Suite, tested: TestedOperation): Check[] {
  const { operation } = tested;
  return malformedParameters(suite.spec.document)(operation).map((malformed) => {
    const { name, words, pairs, error } = malformed;
    return {
      ...named(operation.id, "refuses", slug(`query ${words}`), `refuses ${words}: ${name} ${error.message}`),
      place: error.place,
      creates: 0,
      async run({ server }) {
        const exchange = await server.send(makeRequest(suite, tested, undefined, {}, { [name]: pairs }));
        return expectRefused(tested, exchange, malformed);
      },
    };
  });
}

function expectRefused(
  tested: TestedOperation,
  exchange: Exchange,
  { name, error }: MalformedParameter,
): BrokenPromise[] {
  const { outcome } = exchange;
  const words = `the parameter ${name} ${error.message}`;
  const broken = expectRefusal(tested, exchange, { words, place: error.place, at: "" });
  if (!isAnswer(outcome) || !isSafe(tested.operation.method)) return broken;
  // Whatever is assumed about refusals, a server must not fail.
  if (outcome.status >= 500) return broken.map((each) => ({ ...each, place: error.place }));
  const isTaken = outcome.status >= 200 && outcome.status < 300;
  return isTaken ? broken.map((each) => ({ assumption: READS, ...each })) : broken;
}
