import { getAt, isObject, type Json, type OpenApiDocument, referenceHops } from "@dots-payouts/openapi";

/** The properties that the schema at `pointer` requires in all of its alternatives. */
export function requiredNames(
  document: OpenApiDocument,
  pointer: string,
  above: readonly string[] = [],
): ReadonlySet<string> {
  const names = new Set<string>();
  const start = getAt(document, pointer);
  if (start === undefined || above.includes(pointer)) return names;
  const below = (place: string): ReadonlySet<string> => requiredNames(document, place, [...above, pointer]);
  for (const { node, pointer: place } of referenceHops(document, { node: start, pointer })) {
    if (!isObject(node)) continue;
    for (const name of listIn(node["required"])) if (typeof name === "string") names.add(name);
    for (const index of listIn(node["allOf"]).keys()) {
      for (const name of below(`${place}/allOf/${index}`)) names.add(name);
    }
    for (const keyword of ["oneOf", "anyOf"]) {
      const [first, ...others] = listIn(node[keyword]).map((_, index) =>
        below(`${place}/${keyword}/${index}`),
      );
      for (const name of first ?? []) if (others.every((other) => other.has(name))) names.add(name);
    }
  }
  return names;
}

function listIn(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
