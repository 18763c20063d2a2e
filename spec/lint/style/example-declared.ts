import { childOf, childrenOf, isNode, isUnresolved, meaningOf } from "../document/place.ts";
import type { Place, Rule, RuleContext } from "../document/redocly.ts";
import { partsOf, propertiesOf } from "../document/schema.ts";

/** An example has no undeclared property, if its schema declares any. */
export const exampleDeclared: Rule = () => ({
  MediaType(node, context) {
    const media = { node, location: context.location };
    const schema = childOf(media, "schema");
    check(childOf(media, "example"), [schema], context);
    for (const [, example] of childrenOf(childOf(media, "examples"))) {
      check(childOf(meaningOf(example, context), "value"), [schema], context);
    }
  },
  Schema(node, context) {
    const schema = { node, location: context.location };
    const examples = childOf(schema, "examples");
    if (!Array.isArray(examples.node)) return;
    for (const index of examples.node.keys()) check(childOf(examples, index), [schema], context);
  },
});

function check(value: Place, schemas: readonly Place[], context: RuleContext): void {
  const parts = schemas.flatMap((schema) => partsOf(schema, context));
  if (Array.isArray(value.node)) {
    const items = given(parts, "items");
    for (const index of value.node.keys()) {
      const own = given(parts, "prefixItems", index);
      check(childOf(value, index), own.length > 0 ? own : items, context);
    }
    return;
  }
  const declared = propertiesOf(parts);
  const others = given(parts, "additionalProperties");
  const patterns = parts.flatMap((part) => childrenOf(childOf(part, "patternProperties")));
  for (const [name, child] of childrenOf(value)) {
    const matching = patterns
      .filter(([pattern]) => new RegExp(pattern, "u").test(name))
      .map(([, place]) => place);
    const places = [...(declared.get(name) ?? []), ...matching];
    if (places.length > 0) check(child, places, context);
    else if (others.length > 0) check(child, others, context);
    else if (declared.size > 0 && !parts.some((part) => isUnresolved(part, context))) {
      context.report({
        message: `The example has ${JSON.stringify(name)}, which its schema does not declare.`,
        location: child.location.key(),
        suggest: [...declared.keys()],
      });
    }
  }
}

/** The schemas under a keyword, including `true`. */
function given(parts: readonly Place[], ...keys: (string | number)[]): Place[] {
  return parts.map((part) => childOf(part, ...keys)).filter(({ node }) => node === true || isNode(node));
}
