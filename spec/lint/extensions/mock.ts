import { readMockEffects } from "@dots-payouts/openapi";
import { Declared, itemsOf } from "../document/declared.ts";
import { childOf, childrenOf, isNode } from "../document/place.ts";
import { type Problem, report, unlisted, unreadable } from "../document/problem.ts";
import type { Place, Rule, RuleContext } from "../document/redocly.ts";
import { misfit } from "../document/schema.ts";

/** `x-mock` is valid, is on values that the schema allows, and names moves that some kind of resource has. */
export const mock: Rule = () => {
  const declared = new Declared();
  const marked = new Map<unknown, { readonly schema: Place; readonly context: RuleContext }>();
  const note = (node: unknown, context: RuleContext) => {
    if (context.type.name !== "Schema" || !isNode(node)) return;
    declared.noteSchema(node, context);
    if (node["x-mock"] !== undefined)
      marked.set(node, { schema: { node, location: context.location }, context });
  };
  return {
    Schema: note,
    ref: note,
    Root: {
      leave(_, context) {
        for (const place of marked.values()) {
          report(context, "x-mock", problemsOf(place.schema, declared, place.context));
        }
      },
    },
  };
};

function problemsOf(schema: Place, declared: Declared, context: RuleContext): Problem[] {
  const effects = childOf(schema, "x-mock");
  const unread = unreadable(effects, readMockEffects);
  if (unread.length > 0) return unread;
  const moves = declared.kinds.flatMap((kind) => declared.movesOf(kind));
  return childrenOf(effects).flatMap(([value, effect]) => {
    const problem = misfit([schema], value, context);
    return [
      ...(problem === undefined ? [] : [{ problem: `${value} ${problem}`, location: effect.location.key() }]),
      ...itemsOf(childOf(effect, "moves")).flatMap((move) =>
        unlisted("move", move.node, moves, move.location),
      ),
    ];
  });
}
