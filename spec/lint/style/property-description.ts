import { keywordsIn } from "@dots-payouts/openapi";
import { childrenOf, hops, isNode, isUnresolved } from "../document/place.ts";
import type { Place, Rule, RuleContext } from "../document/redocly.ts";

/** Every property has a description, its own or that of its reference. */
export const propertyDescription: Rule = () => ({
  SchemaProperties(node, context) {
    const { location } = context;
    if (isConstraint(location.pointer)) return;
    for (const [name, property] of childrenOf({ node, location })) {
      if (isDescribed(property, context) || isUnresolved(property, context)) continue;
      context.report({
        message: `The property ${name} has no description.`,
        location: location.child([name]).key(),
      });
    }
  },
});

function isDescribed(property: Place, context: RuleContext): boolean {
  return hops(property, context).some(({ node }) => {
    const description = isNode(node) ? node["description"] : undefined;
    return typeof description === "string" && description.trim() !== "";
  });
}

const CONDITIONS = new Set(["if", "then", "else", "not"]);

/** Whether a schema only constrains: it is in a condition, not under a name that looks like one. */
function isConstraint(pointer: string): boolean {
  return keywordsIn(pointer.split("/")).some((keyword) => CONDITIONS.has(keyword));
}
