import { childOf, isNode, isUnresolved, meaningOf } from "./place.ts";
import { lead } from "./pointer.ts";
import type { Rule } from "./redocly.ts";
import { jsonSchemasOf, partsOf, typesOf } from "./schema.ts";

/** `x-idempotency-key` leads to a string in every JSON body that the operation takes. */
export const idempotencyKey: Rule = () => ({
  Operation(node, context) {
    if (!isNode(node) || node["x-idempotency-key"] === undefined) return;
    const operation = { node, location: context.location };
    const location = childOf(operation, "x-idempotency-key").location;
    const body = meaningOf(childOf(operation, "requestBody"), context);
    const schemas = jsonSchemasOf(body, context);
    if (schemas.length === 0) {
      context.report({ message: "x-idempotency-key: the operation takes no JSON body.", location });
    }
    for (const schema of schemas) {
      const found = lead(schema, node["x-idempotency-key"], context);
      if ("problem" in found) {
        context.report({ message: `x-idempotency-key: ${found.problem}`, location });
        continue;
      }
      const parts = found.schemas.flatMap((place) => partsOf(place, context));
      if (parts.some((part) => isUnresolved(part, context)) || parts.length === 0) continue;
      if (!typesOf(parts).has("string")) {
        context.report({ message: "x-idempotency-key: the key has to be a string.", location });
      }
    }
  },
});
