import { readResponseCondition } from "@dots-payouts/openapi";
import { childOf, childrenOf, meaningOf, successesOf } from "../document/place.ts";
import { misplaced, type Problem, report, unreadable } from "../document/problem.ts";
import type { Place, Rule, RuleContext } from "../document/redocly.ts";
import { jsonSchemasOf } from "../document/schema.ts";

/** `x-when` is on a success, and its values fit the schemas of request and response. */
export const when: Rule = () => ({
  Operation(node, context) {
    const operation = { node, location: context.location };
    const body = meaningOf(childOf(operation, "requestBody"), context);
    const successes = successesOf(operation).map(([status]) => status);
    for (const [status, place] of childrenOf(childOf(operation, "responses"))) {
      const response = meaningOf(place, context);
      const isSuccess = successes.includes(status);
      report(context, "x-when", problemsOf(status, isSuccess, response, body, context));
    }
  },
});

function problemsOf(
  status: string,
  isSuccess: boolean,
  response: Place,
  body: Place,
  context: RuleContext,
): Problem[] {
  const condition = childOf(response, "x-when");
  if (condition.node === undefined) return [];
  if (!isSuccess) {
    return [{ problem: `${status} is not a success.`, location: condition.location.key() }];
  }
  const unread = unreadable(condition, readResponseCondition);
  if (unread.length > 0) return unread;
  const sent = childrenOf(childOf(condition, "request"));
  const given = childrenOf(childOf(condition, "response"));
  return [
    ...misplaced("request", jsonSchemasOf(body, context), sent, context),
    ...misplaced("response", jsonSchemasOf(response, context), given, context),
  ];
}
