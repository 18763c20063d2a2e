import { isNode, isUnresolved } from "../document/place.ts";
import type { Place, Rule, RuleContext } from "../document/redocly.ts";
import { partsOf, typesOf } from "../document/schema.ts";

/** `x-generate` has a rule that the value's schema allows. */
export const generate: Rule = () => ({
  Schema: check,
  ref: check,
});

function check(node: unknown, context: RuleContext): void {
  if (context.type.name !== "Schema" || !isNode(node) || node["x-generate"] === undefined) return;
  const rule = node["x-generate"];
  const parts = partsOf({ node, location: context.location }, context);
  if (parts.some((part) => isUnresolved(part, context))) return;
  const message = generateProblem(rule, parts);
  if (message === undefined) return;
  context.report({ message: `x-generate: ${message}`, location: context.location.child(["x-generate"]) });
}

/** Why a rule of `x-generate` can't make a value. @param parts the schemas of the value */
export function generateProblem(rule: unknown, parts: readonly Place[]): string | undefined {
  if (typeof rule !== "string") return "a string is needed.";
  if (!typesOf(parts).has("string")) return "only strings can be generated: the schema needs `type: string`.";
  const formats = valuesOf(parts, "format");
  if (rule === "uuid") return formats.includes("uuid") ? undefined : "`uuid` needs `format: uuid`.";
  if (rule === "now") {
    const isTime = formats.includes("date-time") || valuesOf(parts, "pattern").some(allowsTimes);
    return isTime ? undefined : "`now` needs `format: date-time`, or a pattern for such times.";
  }
  if (!rule.includes("{uuid}")) return "`uuid`, `now` or a string with `{uuid}` in it is needed.";
  return undefined;
}

function valuesOf(parts: readonly Place[], keyword: string): unknown[] {
  return parts.flatMap(({ node }) => (isNode(node) && node[keyword] !== undefined ? [node[keyword]] : []));
}

function allowsTimes(pattern: unknown): boolean {
  return typeof pattern === "string" && new RegExp(pattern, "u").test(new Date(0).toISOString());
}
