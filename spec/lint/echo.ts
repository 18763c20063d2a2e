import { childOf, childrenOf, isNode, isSuccess, meaningOf } from "./place.ts";
import { deadEnds, type Problem } from "./problem.ts";
import type { Place, Rule, RuleContext } from "./redocly.ts";
import { jsonSchemasOf } from "./schema.ts";

/** `x-echo` is on a success, and its pointers lead from the request's schema to the response's. */
export const echo: Rule = () => ({
  Operation(node, context) {
    const operation = { node, location: context.location };
    const body = meaningOf(childOf(operation, "requestBody"), context);
    for (const [status, place] of childrenOf(childOf(operation, "responses"))) {
      const response = meaningOf(place, context);
      for (const { problem, location } of problemsOf(status, response, body, context)) {
        context.report({ message: `x-echo: ${problem}`, location });
      }
    }
  },
});

function problemsOf(status: string, response: Place, body: Place, context: RuleContext): Problem[] {
  const pairs = childOf(response, "x-echo");
  const { location } = pairs;
  if (pairs.node === undefined) return [];
  if (!isSuccess(status)) {
    return [{ problem: `a ${status} response gives nothing back.`, location: location.key() }];
  }
  if (!isNode(pairs.node)) {
    return [
      { problem: "pairs of a pointer into the response and one into the request are needed.", location },
    ];
  }
  const into = jsonSchemasOf(response, context);
  const from = jsonSchemasOf(body, context);
  if (into.length === 0) return [{ problem: "the response has no JSON schema.", location }];
  if (from.length === 0) return [{ problem: "the operation takes no JSON body.", location }];
  return childrenOf(pairs).flatMap(([key, place]) => [
    ...deadEnds("response", into, key, place.location.key(), context),
    ...deadEnds("request", from, place.node, place.location, context),
  ]);
}
