import { childOf, childrenOf, isNode, meaningOf, successesOf } from "./place.ts";
import { lead } from "./pointer.ts";
import type { Location, Place, Rule, RuleContext } from "./redocly.ts";
import { jsonSchemasOf } from "./schema.ts";

/** `x-echo` stands on a success, and its pointers lead from the request's schema to the response's. */
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
      for (const { problem, location } of problems) {
        context.report({ message: `x-echo: ${problem}`, location });
      }
    }
  },
});

interface Problem {
  readonly problem: string;
  readonly location: Location;
}

function misplaced(status: string, response: Place): Problem[] {
  const { node, location } = childOf(response, "x-echo");
  return node === undefined
    ? []
    : [{ problem: `a ${status} response gives nothing back.`, location: location.key() }];
}

function problemsOf(response: Place, body: Place, context: RuleContext): Problem[] {
  const { node: pairs, location } = childOf(response, "x-echo");
  if (pairs === undefined) return [];
  const into = jsonSchemasOf(response, context);
  const from = jsonSchemasOf(body, context);
  if (!isNode(pairs)) {
    return [
      { problem: "pairs of a pointer into the response and one into the request are needed.", location },
    ];
  }
  if (into.length === 0) return [{ problem: "the response has no JSON schema.", location }];
  if (from.length === 0) return [{ problem: "the operation takes no JSON body.", location }];
  return Object.entries(pairs).flatMap(([key, value]) => [
    ...deadEnds("response", into, key, location.child([key]).key(), context),
    ...deadEnds("request", from, value, location.child([key]), context),
  ]);
}

function deadEnds(
  side: string,
  schemas: readonly Place[],
  pointer: unknown,
  location: Location,
  context: RuleContext,
): Problem[] {
  return schemas.flatMap((schema) => {
    const found = lead(schema, pointer, context);
    return "problem" in found ? [{ problem: `in the ${side}, ${found.problem}`, location }] : [];
  });
}
