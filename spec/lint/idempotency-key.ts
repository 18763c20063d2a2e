import { readIdempotencyKey } from "@dots-payouts/openapi";
import { optionsOf } from "./option.ts";
import { childOf, isUnresolved, meaningOf } from "./place.ts";
import { lead } from "./pointer.ts";
import { type Problem, unreadable } from "./problem.ts";
import type { Place, Rule, RuleContext } from "./redocly.ts";
import { jsonSchemasOf, partsOf, typesOf } from "./schema.ts";

/** `x-idempotency-key` can be read, and leads to a string in every JSON body that the operation takes. */
export const idempotencyKey: Rule = () => {
  let path: Place | undefined;
  return {
    PathItem: {
      enter(node, { location }) {
        path = { node, location };
      },
      Operation(node, context) {
        const operation = { node, location: context.location };
        const key = childOf(operation, "x-idempotency-key");
        if (key.node === undefined) return;
        const owners = path === undefined ? [operation] : [path, operation];
        for (const { problem, location } of problemsOf(key, operation, owners, context)) {
          context.report({ message: `x-idempotency-key: ${problem}`, location });
        }
      },
    },
  };
};

function problemsOf(key: Place, operation: Place, owners: readonly Place[], context: RuleContext): Problem[] {
  const unread = unreadable(key, readIdempotencyKey);
  if (unread.length > 0) return unread;
  const body = meaningOf(childOf(operation, "requestBody"), context);
  return [...placeProblems(childOf(key, "at"), body, context), ...scopeProblems(key, owners, context)];
}

function placeProblems(at: Place, body: Place, context: RuleContext): Problem[] {
  const { node: pointer, location } = at;
  const schemas = jsonSchemasOf(body, context);
  if (schemas.length === 0) return [{ problem: "the operation takes no JSON body.", location }];
  return schemas.flatMap((schema): Problem[] => {
    const found = lead(schema, pointer, context);
    if ("problem" in found) return [{ problem: found.problem, location }];
    const parts = found.schemas.flatMap((place) => partsOf(place, context));
    if (parts.some((part) => isUnresolved(part, context)) || parts.length === 0) return [];
    return typesOf(parts).has("string") ? [] : [{ problem: "the key has to be a string.", location }];
  });
}

function scopeProblems(key: Place, owners: readonly Place[], context: RuleContext): Problem[] {
  const scope = childOf(key, "scope");
  const known: unknown[] = ["client", "operation", ...optionsOf(owners, context)];
  return (Array.isArray(scope.node) ? [...scope.node.entries()] : []).flatMap(([index, name]) =>
    known.includes(name)
      ? []
      : [
          {
            problem: `${String(name)} is none of ${known.join(", ")}.`,
            location: childOf(scope, index).location,
          },
        ],
  );
}
