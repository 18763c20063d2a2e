import {
  isObject,
  type Json,
  type JsonObject,
  type Located,
  memoizeByObject,
  type OpenApiDocument,
  referenceHops,
} from "@dots-payouts/openapi";

/** The types that a JSON value can have. An integer is a number. */
export type JsonType = "string" | "number" | "boolean" | "object" | "array" | "null";

const ALL: readonly JsonType[] = ["string", "number", "boolean", "object", "array", "null"];

/**
 * The JSON types of the values that a schema allows, as the client's types see them: a schema that lists properties
 * means an object, although JSON Schema would allow anything else too.
 */
export function jsonTypes(document: OpenApiDocument, place: Located): readonly JsonType[] {
  const { node } = place;
  if (!isObject(node)) return node === false ? [] : ALL;
  const all: (readonly JsonType[])[] = [ownJsonTypes(node) ?? ALL];
  const target = targetOf(document, place);
  if (target !== undefined) all.push(typesAt(document)(target));
  for (const branch of branches(place, "allOf")) all.push(jsonTypes(document, branch));
  for (const keyword of ["anyOf", "oneOf"]) {
    if (!Array.isArray(node[keyword])) continue;
    all.push(branches(place, keyword).flatMap((branch) => jsonTypes(document, branch)));
  }
  return ALL.filter((type) => all.every((types) => types.includes(type)));
}

/** The same for schemas that others refer to, some of them circularly. */
const typesAt = memoizeByObject((document: OpenApiDocument) => {
  const known = new Map<string, readonly JsonType[]>();
  return (place: Located): readonly JsonType[] => {
    const { pointer } = place;
    // Until it is known, it may be anything.
    if (!known.has(pointer)) known.set(pointer, ALL).set(pointer, jsonTypes(document, place));
    return known.get(pointer) ?? ALL;
  };
});

/** The types that a schema names or implies by its keywords; `undefined` if it does neither. */
export function ownJsonTypes(node: JsonObject): JsonType[] | undefined {
  if (node["const"] !== undefined) return [jsonTypeOf(node["const"])];
  const listed = Array.isArray(node["enum"]) ? node["enum"].map(jsonTypeOf) : undefined;
  const named = namedTypes(node["type"]);
  if (listed !== undefined) return [...new Set(listed)].filter((type) => named?.includes(type) ?? true);
  if (named !== undefined) return named;
  if (isObject(node["properties"]) || Array.isArray(node["required"]) || "patternProperties" in node) {
    return ["object"];
  }
  if ("additionalProperties" in node || (node["unevaluatedProperties"] === false && !isComposed(node)))
    return ["object"];
  return "items" in node || "prefixItems" in node ? ["array"] : undefined;
}

/** Whether other schemas describe the same value: then they say which types it has. */
function isComposed(node: JsonObject): boolean {
  const PARTS = ["$ref", "allOf", "anyOf", "oneOf", "not", "if", "dependentSchemas"];
  return PARTS.some((keyword) => keyword in node);
}

function namedTypes(type: Json | undefined): JsonType[] | undefined {
  if (type === undefined) return undefined;
  const names = [type].flat().map((name) => (name === "integer" ? "number" : name));
  return ALL.filter((known) => names.includes(known));
}

function jsonTypeOf(value: Json): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (isObject(value)) return "object";
  if (typeof value === "string") return "string";
  return typeof value === "number" ? "number" : "boolean";
}

/** The schema that a schema refers to, besides its own keywords; `undefined` if it refers to none. */
export function targetOf(document: OpenApiDocument, place: Located): Located | undefined {
  const reference = isObject(place.node) ? place.node["$ref"] : undefined;
  if (typeof reference !== "string") return undefined;
  const known = targetsIn(document);
  const target = known.get(reference) ?? referenceHops(document, place)[1];
  if (target !== undefined) known.set(reference, target);
  return target;
}

/** The targets of references, by reference: every type asks for those in its schema several times. */
const targetsIn = memoizeByObject((_document: OpenApiDocument) => new Map<string, Located>());

/** The schemas in a list of a schema, each with its place. */
export function branches({ node, pointer }: Located, keyword: string): Located[] {
  const list = isObject(node) ? node[keyword] : undefined;
  if (!Array.isArray(list)) return [];
  return list.map((branch, index) => ({ node: branch, pointer: `${pointer}/${keyword}/${index}` }));
}
