import { childOf, isUnresolved, meaningOf } from "../document/place.ts";
import { lead } from "../document/pointer.ts";
import { type Problem, report } from "../document/problem.ts";
import type { Place, Rule, RuleContext } from "../document/redocly.ts";
import { jsonSchemasOf, partsOf, typesOf } from "../document/schema.ts";

/** `x-reference`, `x-amount` and `x-recipient` lead to fields of every JSON body that the operation takes. */
export const requestTerms: Rule = () => ({
  Operation(node, context) {
    const operation = { node, location: context.location };
    const body = meaningOf(childOf(operation, "requestBody"), context);
    const schemas = jsonSchemasOf(body, context);
    for (const [name, check] of Object.entries(CHECKS)) {
      const place = childOf(operation, name);
      if (place.node === undefined) continue;
      const problems =
        schemas.length === 0
          ? [{ problem: "the operation takes no JSON body.", location: place.location }]
          : check(place, schemas, context);
      report(context, name, problems);
    }
  },
});

type Check = (place: Place, schemas: readonly Place[], context: RuleContext) => Problem[];

const CHECKS: Readonly<Record<string, Check>> = {
  "x-reference": (place, schemas, context) =>
    leads(place, schemas, context, "object", "an object has to fit there, to hold the reference."),
  "x-amount": (place, schemas, context) =>
    leads(place, schemas, context, "integer", "the amount has to be an integer."),
  "x-recipient": (place, schemas, context) => {
    const lists = itemsOf(place);
    if (lists === undefined) return [{ problem: NEEDED, location: place.location }];
    return lists.flatMap((list) => {
      const pointers = itemsOf(list);
      if (pointers === undefined) return [{ problem: NEEDED, location: list.location }];
      return pointers.flatMap((pointer) => leads(pointer, schemas, context));
    });
  },
};

const NEEDED = "a list of lists of JSON Pointers is needed, such as [[/id], [/first, /last]].";

function itemsOf(place: Place): Place[] | undefined {
  if (!Array.isArray(place.node) || place.node.length === 0) return undefined;
  return place.node.map((_, index) => childOf(place, index));
}

function leads(
  { node: pointer, location }: Place,
  schemas: readonly Place[],
  context: RuleContext,
  type?: string,
  otherwise = "",
): Problem[] {
  return schemas.flatMap((schema): Problem[] => {
    const found = lead(schema, pointer, context);
    if ("problem" in found) return [{ problem: found.problem, location }];
    const parts = found.schemas.flatMap((place) => partsOf(place, context));
    if (type === undefined || parts.length === 0 || parts.some((part) => isUnresolved(part, context)))
      return [];
    return typesOf(parts).has(type) ? [] : [{ problem: otherwise, location }];
  });
}
