import { childOf, isNode, meaningOf } from "../document/place.ts";
import type { Rule, RuleContext } from "../document/redocly.ts";
import { jsonSchemasOf, valuesListed } from "../document/schema.ts";

/**
 * `x-delivers` names values that the schema has: a misspelled one would silently let a message out. On an operation it
 * is for requests without a body, which have no schema for it.
 */
export const delivers: Rule = () => ({
  Schema: check,
  ref: check,
  Operation(node, context) {
    const operation = { node, location: context.location };
    const rule = childOf(operation, "x-delivers");
    if (rule.node === undefined) return;
    const body = meaningOf(childOf(operation, "requestBody"), context);
    const message =
      rule.node === true
        ? jsonSchemasOf(body, context).length > 0 && "the schema of the request body can say it."
        : "on an operation it is `true`.";
    if (message) context.report({ message: `x-delivers: ${message}`, location: rule.location });
  },
});

function check(node: unknown, context: RuleContext): void {
  if (context.type.name !== "Schema" || !isNode(node) || node["x-delivers"] === undefined) return;
  const listed = valuesListed([{ node, location: context.location }], context);
  const message = problemOf(node["x-delivers"], listed);
  if (message === undefined) return;
  context.report({ message: `x-delivers: ${message}`, location: context.location.child(["x-delivers"]) });
}

function problemOf(rule: unknown, listed: readonly unknown[]): string | undefined {
  if (rule === true) return undefined;
  if (!Array.isArray(rule) || rule.length === 0) return "`true` or a list of values is needed.";
  const unknown = rule.find((value) => !listed.includes(value));
  return unknown === undefined ? undefined : `${JSON.stringify(unknown)} is not in the schema's \`enum\`.`;
}
