import { BRANCHES, isJson } from "@dots-payouts/openapi";
import { childOf, childrenOf, hops, isNode, isUnresolved, mediaTypesOf } from "./place.ts";
import type { Place, RuleContext } from "./redocly.ts";

/**
 * The schemas that describe the same value: the given one, what it refers to, and the branches of `allOf`, `anyOf` and
 * `oneOf`, recursively. `if`, `then`, `else` and `not` are left out: they only constrain.
 */
export function partsOf(schema: Place, context: RuleContext): Place[] {
  const parts: Place[] = [];
  const seen = new Set<unknown>();
  const visit = (start: Place): void => {
    for (const part of hops(start, context)) {
      if (!isNode(part.node) || seen.has(part.node)) continue;
      seen.add(part.node);
      parts.push(part);
      for (const keyword of BRANCHES) {
        const branches = part.node[keyword];
        if (!Array.isArray(branches)) continue;
        for (const index of branches.keys()) visit(childOf(part, keyword, index));
      }
    }
  };
  visit(schema);
  return parts;
}

/** The places where a property of the object that these schemas describe is declared. */
export function propertyOf(schemas: readonly Place[], name: string, context: RuleContext): Place[] {
  return schemas
    .flatMap((schema) => partsOf(schema, context))
    .map((part) => childOf(part, "properties", name))
    .filter(({ node }) => node !== undefined);
}

/** Every property that these parts declare, with the places where they do. */
export function propertiesOf(parts: readonly Place[]): Map<string, Place[]> {
  const properties = new Map<string, Place[]>();
  for (const part of parts) {
    for (const [name, place] of childrenOf(childOf(part, "properties"))) {
      properties.set(name, [...(properties.get(name) ?? []), place]);
    }
  }
  return properties;
}

/** The schemas of the JSON media types of a request body or response. */
export function jsonSchemasOf(owner: Place, context: RuleContext): Place[] {
  return mediaTypesOf(owner, context)
    .filter(([type]) => isJson(type))
    .map(([, media]) => childOf(media, "schema"));
}

/** The values of `type` that any of these parts allows; empty if no part says. */
export function typesOf(parts: readonly Place[]): Set<unknown> {
  return new Set(
    parts.flatMap(({ node }) => (isNode(node) && node["type"] !== undefined ? node["type"] : [])),
  );
}

/** Why a value can't match these schemas, judging by types and listed values. */
export function misfit(schemas: readonly Place[], value: unknown, context: RuleContext): string | undefined {
  const parts = schemas.flatMap((schema) => partsOf(schema, context));
  if (parts.some((part) => isUnresolved(part, context))) return undefined;
  const types = typesOf(parts);
  if (types.size > 0 && !typesOfValue(value).some((type) => types.has(type))) {
    return `can't be ${JSON.stringify(value)}: it is ${[...types].join(" or ")}.`;
  }
  const listed = valuesListed(schemas, context);
  if (listed.length === 0 || listed.includes(value)) return undefined;
  return `can't be ${JSON.stringify(value)}: it is one of ${listed.map(String).join(", ")}.`;
}

/** The values that `enum` and `const` list in schemas of one value; empty if they list none. */
export function valuesListed(schemas: readonly Place[], context: RuleContext): unknown[] {
  const parts = schemas.flatMap((schema) => partsOf(schema, context));
  return parts.flatMap(({ node }) => {
    if (!isNode(node)) return [];
    if (Array.isArray(node["enum"])) return node["enum"];
    return "const" in node ? [node["const"]] : [];
  });
}

function typesOfValue(value: unknown): string[] {
  if (value === null) return ["null"];
  if (Array.isArray(value)) return ["array"];
  return Number.isInteger(value) ? ["integer", "number"] : [typeof value];
}
