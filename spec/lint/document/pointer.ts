import { isPointer, parsePointer } from "@dots-payouts/openapi";
import { isUnresolved } from "./place.ts";
import type { Place, RuleContext } from "./redocly.ts";
import { partsOf, propertyOf } from "./schema.ts";

/**
 * Where a JSON Pointer into an instance leads in its schema, or why it leads nowhere. Neither schemas nor a problem if
 * a reference on the way is not resolved.
 */
export type Lead = { readonly schemas: readonly Place[] } | { readonly problem: string };

/** Follows a JSON Pointer (RFC 6901) through the properties that a schema declares. */
export function lead(schema: Place, pointer: unknown, context: RuleContext): Lead {
  if (typeof pointer !== "string" || pointer === "" || !isPointer(pointer)) {
    return { problem: `${JSON.stringify(pointer)} is not a JSON Pointer such as "/name".` };
  }
  let schemas: readonly Place[] = [schema];
  for (const token of parsePointer(pointer)) {
    const owners = schemas.flatMap((owner) => partsOf(owner, context));
    schemas = propertyOf(schemas, token, context);
    if (schemas.length === 0) {
      if (owners.some((part) => isUnresolved(part, context))) return { schemas };
      return {
        problem: `${pointer} leads nowhere: the schema declares no property ${JSON.stringify(token)} there.`,
      };
    }
  }
  return { schemas };
}
