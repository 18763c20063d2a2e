import {
  getAt,
  isObject,
  type JsonObject,
  type Located,
  memoize,
  memoizeByObject,
  type OpenApiDocument,
} from "@dots-payouts/openapi";
import { branches, type JsonType, jsonTypes, ownJsonTypes, targetOf } from "../document/json-types.ts";
import { childValues, choiceValues } from "./discriminator-values.ts";
import { anyObject, objectType, type Whole } from "./object-type.ts";
import { namesKnown, refusedNames } from "./refused-names.ts";
import { typeNames } from "./type-names.ts";
import {
  arrayOf,
  atom,
  intersection,
  literalType,
  NEVER,
  objectOf,
  propertyKey,
  type TypeText,
  UNKNOWN,
  union,
} from "./type-text.ts";

/**
 * The type of the values that a schema allows, as far as TypeScript can express it. A referenced schema is used by
 * name.
 * @param whole the other schemas that the values must match
 */
function schemaType(document: OpenApiDocument, place: Located, whole?: Whole): TypeText {
  const parts = partsOf(document, place);
  const isPart = whole?.isPart ?? false;
  if (parts.some(({ place: { node } }) => node === false)) return NEVER;
  const bare = parts.filter(({ kind, place: { node } }) => kind === "own" && isObject(node) && isBare(node));
  const shaping = parts.filter((part) => !bare.includes(part));
  const isComposed = isPart || parts.length > 1;
  const known = whole?.known ?? namesKnown(document)(place.pointer);
  const types = [
    ...shaping.map((part) => partType(document, part, { known, isPart: isComposed })),
    withoutNames(refusedNames(document, place, known), jsonTypes(document, place)),
  ].filter((type) => type !== UNKNOWN);
  if (bare.length === 0) return intersection(types);
  const named = typesLeft(document, bare);
  if (types.length === 0) return union(named.map((type) => plainType(type, whole)));
  // Usually all other values have this type anyway.
  const others = typesLeft(document, shaping);
  // Except for an object without required properties: TypeScript accepts any number or string for it.
  const isMistakable =
    !named.includes("object") && shaping.some((part) => typesLeft(document, [part]).includes("object"));
  if (!isMistakable && others.every((type) => named.includes(type))) return intersection(types);
  return intersection([...types, union(named.map((type) => plainType(type, { known, isPart: true })))]);
}

/** The type of the schema at a JSON Pointer. */
export function schemaAt(document: OpenApiDocument, pointer: string): TypeText {
  return typeAt(document)(pointer);
}

/** All operations share the schemas of their failures. */
const typeAt = memoizeByObject((document: OpenApiDocument) =>
  memoize((pointer: string) => schemaType(document, { node: getAt(document, pointer) ?? true, pointer })),
);

/** One of the schemas that a value must match together: a schema's own keywords, a reference, or a choice. */
interface Part {
  readonly kind: "own" | "reference" | "anyOf" | "oneOf";
  readonly place: Located;
}

function partsOf(document: OpenApiDocument, place: Located): Part[] {
  const { node, pointer } = place;
  if (!isObject(node)) return [{ kind: "own", place }];
  const target = targetOf(document, place);
  return [
    ...(target === undefined ? [] : [{ kind: "reference", place } as const]),
    ...branches(place, "allOf").flatMap((branch) => partsOf(document, branch)),
    ...(ownJsonTypes(node) === undefined ? [] : [{ kind: "own", place: { node, pointer } } as const]),
    ...(["anyOf", "oneOf"] as const).flatMap((kind) => (Array.isArray(node[kind]) ? [{ kind, place }] : [])),
  ];
}

/** Whether a schema only says which JSON type its values have. */
function isBare(node: JsonObject): boolean {
  const SHAPES = ["const", "enum", "properties", "required", "additionalProperties", "patternProperties"];
  return ![...SHAPES, "unevaluatedProperties", "items", "prefixItems"].some(
    (keyword) => keyword in node && !["{}", "[]"].includes(JSON.stringify(node[keyword])),
  );
}

function isAnyObject(node: JsonObject): boolean {
  const isComposed = ["$ref", "allOf", "anyOf", "oneOf"].some((keyword) => keyword in node);
  return node["type"] === "object" && isBare(node) && !isComposed;
}

function typesLeft(document: OpenApiDocument, parts: readonly Part[]): JsonType[] {
  const allowed = parts.map(({ kind, place }) => {
    const { node, pointer } = place;
    if (!isObject(node)) return jsonTypes(document, place);
    if (kind === "own") return ownJsonTypes(node) ?? [];
    const key = kind === "reference" ? "$ref" : kind;
    return jsonTypes(document, { node: { [key]: node[key] ?? null }, pointer });
  });
  const [first = [], ...others] = allowed;
  return first.filter((type) => others.every((types) => types.includes(type)));
}

/** A type without properties of these names, for these JSON types. */
function withoutNames(names: ReadonlySet<string>, types: readonly JsonType[]): TypeText {
  // Values that are not objects have no properties anyway.
  if (names.size === 0 || !types.includes("object")) return UNKNOWN;
  const refused = [...names].map((name) => ({ comment: "", key: `${propertyKey(name)}?`, type: NEVER }));
  const others = types.filter((type) => type !== "object").map((type) => plainType(type));
  return union([objectOf(refused), ...others]);
}

function partType(document: OpenApiDocument, { kind, place }: Part, whole: Whole): TypeText {
  const { node } = place;
  if (!isObject(node)) return UNKNOWN;
  switch (kind) {
    case "reference":
      return intersection([referenceType(document, place, whole), childValues(document, place)]);
    case "own":
      return ownType(document, place, node, whole);
    default:
      return union(
        branches(place, kind).map((choice) =>
          intersection([schemaType(document, choice, whole), choiceValues(document, node, choice)]),
        ),
      );
  }
}

/** The name of what a schema refers to. */
function referenceType(document: OpenApiDocument, place: Located, whole: Whole): TypeText {
  const target = targetOf(document, place);
  // By name it would allow every other property.
  if (whole.isPart && isObject(target?.node) && isAnyObject(target.node)) return anyObject(whole);
  const name = target === undefined ? undefined : typeNames(document).get(target.pointer);
  return name === undefined ? UNKNOWN : atom(name);
}

function ownType(document: OpenApiDocument, place: Located, node: JsonObject, whole: Whole): TypeText {
  const types = ownJsonTypes(node) ?? [];
  const values = node["const"] !== undefined ? [node["const"]] : node["enum"];
  if (Array.isArray(values)) {
    return union(
      values
        .filter((value) =>
          jsonTypes(document, { node: { const: value }, pointer: "" }).some((type) => types.includes(type)),
        )
        .map(literalType),
    );
  }
  return union(
    types.map((type) => {
      if (type === "object")
        return objectType(document, place, node, whole, (inner) => schemaType(document, inner));
      return type === "array" ? arrayType(document, place, node) : plainType(type, whole);
    }),
  );
}

/** The type of all values of a JSON type. */
function plainType(type: JsonType, whole?: Whole): TypeText {
  if (type === "array") return arrayOf(UNKNOWN);
  return type === "object" ? anyObject(whole) : atom(type);
}

function arrayType(document: OpenApiDocument, { pointer }: Located, node: JsonObject): TypeText {
  const rest = node["items"];
  const restType = schemaType(document, { node: rest ?? true, pointer: `${pointer}/items` });
  const first = branches({ node, pointer }, "prefixItems").map((item) => schemaType(document, item));
  if (first.length === 0) return rest === false ? atom("[]") : arrayOf(restType);
  const least = typeof node["minItems"] === "number" ? node["minItems"] : 0;
  const items = first.map(({ text, joint }, index) => {
    if (index < least) return text;
    return joint === "none" ? `${text}?` : `(${text})?`;
  });
  if (rest !== false) items.push(`...${arrayOf(restType).text}`);
  return atom(`[${items.join(", ")}]`);
}
