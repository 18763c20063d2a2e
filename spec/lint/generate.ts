import { isNode, isUnresolved } from "./place.ts";
import type { Rule, RuleContext } from "./redocly.ts";
import { partsOf, typesOf } from "./schema.ts";

/** `x-generate` says something that the value's schema allows. */
export const generate: Rule = () => ({
  Schema: check,
  ref: check,
});

function check(node: unknown, context: RuleContext): void {
  if (context.type.name !== "Schema" || !isNode(node) || node["x-generate"] === undefined) return;
  const rule = node["x-generate"];
  const parts = partsOf({ node, location: context.location }, context);
  if (parts.some((part) => isUnresolved(part, context))) return;
  const formats = new Set(parts.map((part) => (isNode(part.node) ? part.node["format"] : undefined)));
  const message = problemOf(rule, typesOf(parts), formats);
  if (message === undefined) return;
  context.report({ message: `x-generate: ${message}`, location: context.location.child(["x-generate"]) });
}

function problemOf(rule: unknown, types: Set<unknown>, formats: Set<unknown>): string | undefined {
  if (typeof rule !== "string") return "a text is needed.";
  if (!types.has("string")) return "only a string can be made: the schema needs `type: string`.";
  if (rule === "uuid") return formats.has("uuid") ? undefined : "`uuid` needs `format: uuid`.";
  if (rule === "now") return formats.has("date-time") ? undefined : "`now` needs `format: date-time`.";
  if (!rule.includes("{uuid}")) return "`uuid`, `now` or a text with `{uuid}` in it is needed.";
  return undefined;
}
