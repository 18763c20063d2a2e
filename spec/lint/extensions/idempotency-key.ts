import { formatPointer, readIdempotencyKey } from "@dots-payouts/openapi";
import { childOf, isUnresolved, meaningOf } from "../document/place.ts";
import { lead } from "../document/pointer.ts";
import { type Problem, report, unreadable } from "../document/problem.ts";
import type { Place, Rule, RuleContext } from "../document/redocly.ts";
import { jsonSchemasOf, partsOf, propertiesOf, typesOf } from "../document/schema.ts";
import { optionsOf } from "./option.ts";

/** A name for an idempotency key, in any spelling. */
const TELLING = /idempoten/i;

/**
 * `x-idempotency-key` is valid, and leads to a string in every JSON body of the operation. An operation that takes a
 * key must have it: without it, nothing would protect a repeated call.
 */
export const idempotencyKey: Rule = () => {
  /** Where operations take their keys. */
  const places = new Set<string>();
  const pending: (() => void)[] = [];
  let path: Place | undefined;
  return {
    Root: {
      leave() {
        for (const check of pending) check();
      },
    },
    PathItem: {
      enter(node, { location }) {
        path = { node, location };
      },
      Operation(node, context) {
        const operation = { node, location: context.location };
        const key = childOf(operation, "x-idempotency-key");
        if (key.node === undefined) {
          pending.push(() => {
            for (const { problem, location } of undeclared(operation, places, context)) {
              context.report({ message: problem, location });
            }
          });
          return;
        }
        const at = childOf(key, "at").node;
        if (typeof at === "string") places.add(at);
        const owners = path === undefined ? [operation] : [path, operation];
        report(context, "x-idempotency-key", problemsOf(key, operation, owners, context));
      },
    },
  };
};

/** The problem of an operation without `x-idempotency-key` whose body has a place for a key. */
function undeclared(operation: Place, places: ReadonlySet<string>, context: RuleContext): Problem[] {
  const bodies = jsonSchemasOf(meaningOf(childOf(operation, "requestBody"), context), context);
  const names = bodies.flatMap((body) => [...propertiesOf(partsOf(body, context)).keys()]);
  const telling = names.filter((name) => TELLING.test(name)).map((name) => formatPointer([name]));
  const shared = [...places].filter((at) => bodies.some((body) => "schemas" in lead(body, at, context)));
  const [found] = [...shared, ...telling];
  if (found === undefined) return [];
  const problem = `The body has ${found}, but no x-idempotency-key: declare { at: ${found} }, or a repeated call is carried out twice.`;
  return [{ problem, location: childOf(operation, "requestBody").location.key() }];
}

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
    return typesOf(parts).has("string") ? [] : [{ problem: "the key must be a string.", location }];
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
            problem: `${String(name)} is not one of ${known.join(", ")}.`,
            location: childOf(scope, index).location,
          },
        ],
  );
}
