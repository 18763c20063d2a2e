import { childOf, childrenOf, isNode, meaningOf, successesOf } from "../document/place.ts";
import { deadEnds, type Problem, report } from "../document/problem.ts";
import type { Place, Rule, RuleContext } from "../document/redocly.ts";
import { jsonSchemasOf } from "../document/schema.ts";

/** `x-echo` is on a success, and its pointers lead from the request's schema to the response's. */
export const echo: Rule = () => ({
  Operation(node, context) {
    const operation = { node, location: context.location };
    const body = meaningOf(childOf(operation, "requestBody"), context);
    const successes = successesOf(operation).map(([status]) => status);
    for (const [status, place] of childrenOf(childOf(operation, "responses"))) {
      const response = meaningOf(place, context);
      const problems = successes.includes(status)
        ? problemsOf(response, body, context)
        : misplaced(status, response);
      report(context, "x-echo", problems);
    }
  },
});

function misplaced(status: string, response: Place): Problem[] {
  const { node, location } = childOf(response, "x-echo");
  return node === undefined
    ? []
    : [{ problem: `a ${status} response gives nothing back.`, location: location.key() }];
}

function problemsOf(response: Place, body: Place, context: RuleContext): Problem[] {
  const pairs = childOf(response, "x-echo");
  const { location } = pairs;
  if (pairs.node === undefined) return [];
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
