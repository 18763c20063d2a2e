import {
  DocumentError,
  formatPointer,
  isObject,
  type Json,
  type JsonObject,
  type Located,
  type OpenApiDocument,
} from "@dots-payouts/openapi";
import { propertyComment } from "./property-comment.ts";
import {
  atom,
  intersection,
  type Member,
  NEVER,
  objectOf,
  PRESENT,
  propertyKey,
  type TypeText,
  UNDEFINED,
  UNKNOWN,
  union,
} from "./type-text.ts";

/**
 * The type of the objects that a schema itself describes.
 * @param typeOf the type of a schema in it
 */
export function objectType(
  document: OpenApiDocument,
  { pointer }: Located,
  node: JsonObject,
  whole: Whole,
  typeOf: (place: Located) => TypeText,
): TypeText {
  const properties = Object.entries(isObject(node["properties"]) ? node["properties"] : {});
  const required = (Array.isArray(node["required"]) ? node["required"] : []).filter(
    (name) => typeof name === "string",
  );
  const patterns = patternsOf({ node, pointer }, typeOf);
  const ofName = (name: string): TypeText[] =>
    patterns.filter(({ pattern }) => pattern.test(name)).map(({ type }) => type);
  const declared = properties.map(([name, schema]): Property => {
    const place = { node: schema, pointer: `${pointer}/properties${formatPointer([name])}` };
    return {
      name,
      comment: propertyComment(document, { node, pointer }, name, place),
      isListed: true,
      isRequired: required.includes(name),
      type: intersection([typeOf(place), ...ofName(name)]),
    };
  });
  const undeclared = [...new Set(required)]
    .filter((name) => !properties.some(([other]) => other === name))
    .map((name): Property => {
      const [first = PRESENT, ...others] = ofName(name);
      return { name, comment: "", isListed: false, isRequired: true, type: intersection([first, ...others]) };
    });
  const known = [...declared, ...undeclared];
  const members = known.map(
    ({ name, comment, isRequired, type }): Member => ({
      comment,
      key: `${propertyKey(name)}${isRequired ? "" : "?"}`,
      type,
    }),
  );
  const all = [...members, ...indexes({ pointer, node }, known, patterns, whole.isPart, typeOf)];
  return all.length === 0 ? anyObject({ ...whole, isPart: true }) : objectOf(all);
}

/** Any object. In an intersection, an index signature would allow every other property. */
export function anyObject(whole: Whole = { known: new Set(), isPart: false }): TypeText {
  if (!whole.isPart) return objectOf([index("string", UNKNOWN)]);
  // Without members it would allow any value but null.
  if (whole.known.size === 0) return atom("object");
  return objectOf(
    [...whole.known].map((name) => ({ comment: "", key: `${propertyKey(name)}?`, type: UNKNOWN })),
  );
}

/** A value that several schemas describe together. */
export interface Whole {
  /** The names of the properties that any of them declares. */
  readonly known: ReadonlySet<string>;
  /** Whether all of them must match: then each may have the properties of the others. */
  readonly isPart: boolean;
}

interface Property {
  readonly name: string;
  readonly comment: string;
  /** Whether the schema says more about it than that it is required. */
  readonly isListed: boolean;
  readonly isRequired: boolean;
  readonly type: TypeText;
}

/** Properties whose names match a pattern. */
interface Pattern {
  readonly pattern: RegExp;
  /** The prefix that the pattern requires, if it requires nothing else. */
  readonly prefix: string | undefined;
  readonly type: TypeText;
}

function patternsOf(
  { node, pointer }: { readonly pointer: string; readonly node: JsonObject },
  typeOf: (place: Located) => TypeText,
): Pattern[] {
  const { patternProperties } = node;
  return Object.entries(isObject(patternProperties) ? patternProperties : {}).map(([pattern, schema]) => {
    const place = `${pointer}/patternProperties${formatPointer([pattern])}`;
    return {
      pattern: regExp(pattern, place),
      prefix: /^\^([\w-]+)$/.exec(pattern)?.[1],
      type: typeOf({ node: schema, pointer: place }),
    };
  });
}

function regExp(pattern: string, pointer: string): RegExp {
  try {
    return new RegExp(pattern, "u");
  } catch {
    throw new DocumentError(pointer, "the name is not a valid JavaScript regular expression");
  }
}

/** The type of unlisted properties. */
function indexes(
  { pointer, node }: { readonly pointer: string; readonly node: JsonObject },
  known: readonly Property[],
  patterns: readonly Pattern[],
  isPart: boolean,
  typeOf: (place: Located) => TypeText,
): Member[] {
  const additional = additionalOf(node, isPart);
  const prefixed = patterns.flatMap(({ prefix }) =>
    prefix === undefined ? [] : [index(`\`${prefix}\${string}\``, typeOfPrefixed(prefix, known, patterns))],
  );
  const isPrefixed = prefixed.length === patterns.length;
  if (additional === false && isPrefixed) {
    const isEmpty = known.length === 0 && prefixed.length === 0;
    return isEmpty ? [index("string", NEVER)] : prefixed;
  }
  if (additional === undefined && isPrefixed) {
    const isFree = patterns.length === 0 && !known.some(({ isListed }) => isListed) && !isPart;
    return isFree ? [index("string", UNKNOWN)] : prefixed;
  }
  const keyword = "additionalProperties" in node ? "additionalProperties" : "unevaluatedProperties";
  const place = { node: additional ?? true, pointer: `${pointer}/${keyword}` };
  // In TypeScript, an index signature applies to every property.
  const every = [typeOf(place), ...patterns.map(({ type }) => type), ...known.map(({ type }) => type)];
  const isComplete = known.every(({ isRequired }) => isRequired);
  return [...prefixed, index("string", union([...every, ...(isComplete ? [] : [UNDEFINED])]))];
}

/** The type of all properties with a prefix. TypeScript wants it to be true of those that are listed, too. */
function typeOfPrefixed(prefix: string, known: readonly Property[], patterns: readonly Pattern[]): TypeText {
  const always = patterns.filter((one) => one.prefix !== undefined && prefix.startsWith(one.prefix));
  const isMissing = known.some(({ name, isRequired }) => !isRequired && name.startsWith(prefix));
  const type = intersection(always.map((one) => one.type));
  // Without `exactOptionalPropertyTypes`, an optional property may be `undefined`.
  return isMissing ? union([type, UNDEFINED]) : type;
}

/** The type of additional properties. `unevaluatedProperties` does not apply to those that other schemas evaluate. */
function additionalOf(
  { additionalProperties, unevaluatedProperties }: JsonObject,
  isPart: boolean,
): Json | undefined {
  if (additionalProperties !== undefined || unevaluatedProperties === undefined) return additionalProperties;
  return isPart ? undefined : unevaluatedProperties;
}

function index(keys: string, type: TypeText): Member {
  return { comment: "", key: `[key: ${keys}]`, type };
}
