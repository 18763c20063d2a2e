import { childOf, childrenOf, meaningOf, mediaTypesOf, successesOf } from "../document/place.ts";
import type { Place, Rule, RuleContext } from "../document/redocly.ts";

/** Every request body and every success is shown by two named examples or more. */
export const twoExamples: Rule = () => ({
  Operation(node, context) {
    const operation = { node, location: context.location };
    check("request body", childOf(operation, "requestBody"), context);
    for (const [status, response] of successesOf(operation)) check(`${status} response`, response, context);
  },
});

function check(what: string, owner: Place, context: RuleContext): void {
  for (const [type, media] of mediaTypesOf(meaningOf(owner, context), context)) {
    const examples = childrenOf(childOf(media, "examples"));
    const shown = examples.filter(
      ([, example]) => childOf(meaningOf(example, context), "value").node !== undefined,
    );
    if (shown.length >= 2) continue;
    context.report({
      message: `The ${what} (${type}) needs two named examples with a value, it has ${shown.length}.`,
      location: media.location.key(),
    });
  }
}
