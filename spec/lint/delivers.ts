import { isNode } from "./place.ts";
import type { Rule, RuleContext } from "./redocly.ts";
import { partsOf } from "./schema.ts";

/** `x-delivers` names values that the schema has: a misspelled one would let a message out without a word. */
export const delivers: Rule = () => ({
  Schema: check,
  ref: check,
});

function check(node: unknown, context: RuleContext): void {
  if (context.type.name !== "Schema" || !isNode(node) || node["x-delivers"] === undefined) return;
  const listed = partsOf({ node, location: context.location }, context).flatMap(({ node: part }) =>
    isNode(part) && Array.isArray(part["enum"]) ? part["enum"] : [],
  );
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
