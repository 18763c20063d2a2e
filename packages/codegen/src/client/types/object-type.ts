import {
  formatPointer,
  isObject,
  type JsonObject,
  type Located,
  type OpenApiDocument,
} from "@dots-payouts/openapi";
import { propertyComment } from "./property-comment.ts";
import {
  atom,
  type Member,
  NEVER,
  objectOf,
  PRESENT,
  propertyKey,
  type TypeText,
  UNKNOWN,
  union,
} from "./type-text.ts";

/**
 * The type of the objects that a schema describes by itself.
 * @param isPart whether the values have to be of other types as well: then these know of other properties
 * @param typeOf the type of a schema in it
 */
export function objectType(
  document: OpenApiDocument,
  { pointer }: Located,
  node: JsonObject,
  isPart: boolean,
  typeOf: (place: Located) => TypeText,
): TypeText {
  const properties = Object.entries(isObject(node["properties"]) ? node["properties"] : {});
  const required = (Array.isArray(node["required"]) ? node["required"] : []).filter(
    (name) => typeof name === "string",
  );
  const declared = properties.map(([name, schema]): Property => {
    const place = { node: schema, pointer: `${pointer}/properties${formatPointer([name])}` };
    return {
      name,
      comment: propertyComment(document, { node, pointer }, name, place),
      isListed: true,
      isRequired: required.includes(name),
      type: typeOf(place),
    };
  });
  const undeclared = [...new Set(required)]
    .filter((name) => !properties.some(([other]) => other === name))
    .map((name): Property => ({ name, comment: "", isListed: false, isRequired: true, type: PRESENT }));
  const known = [...declared, ...undeclared];
  const members = known.map(
    ({ name, comment, isRequired, type }): Member => ({
      comment,
      key: `${propertyKey(name)}${isRequired ? "" : "?"}`,
      type,
    }),
  );
  const all = [...members, ...indexes({ pointer, node }, known, isPart, typeOf)];
  // Without members it would be any value but null.
  return all.length === 0 ? atom("object") : objectOf(all);
}

interface Property {
  readonly name: string;
  readonly comment: string;
  /** Whether the schema says more of it than that it is required. */
  readonly isListed: boolean;
  readonly isRequired: boolean;
  readonly type: TypeText;
}

/** What is said of properties that are not listed. */
function indexes(
  { pointer, node }: { readonly pointer: string; readonly node: JsonObject },
  known: readonly Property[],
  isPart: boolean,
  typeOf: (place: Located) => TypeText,
): Member[] {
  const { additionalProperties: additional, patternProperties } = node;
  const patterns = Object.entries(isObject(patternProperties) ? patternProperties : {}).map(
    ([pattern, schema]) => {
      const place = `${pointer}/patternProperties${formatPointer([pattern])}`;
      return { prefix: prefixOf(pattern, known), type: typeOf({ node: schema, pointer: place }) };
    },
  );
  const prefixed = patterns.flatMap(({ prefix, type }) =>
    prefix === undefined ? [] : [index(`\`${prefix}\${string}\``, type)],
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
  const place = { node: additional ?? true, pointer: `${pointer}/additionalProperties` };
  // In TypeScript, an index has to be true of every property.
  const every = [typeOf(place), ...patterns.map(({ type }) => type), ...known.map(({ type }) => type)];
  const isComplete = known.every(({ isRequired }) => isRequired);
  return [index("string", union([...every, ...(isComplete ? [] : [atom("undefined")])]))];
}

function index(keys: string, type: TypeText): Member {
  return { comment: "", key: `[key: ${keys}]`, type };
}

/** The text that a pattern wants at the start, where it wants nothing else and no property that is listed begins so. */
function prefixOf(pattern: string, known: readonly Property[]): string | undefined {
  const [, prefix] = /^\^([\w-]+)$/.exec(pattern) ?? [];
  return prefix === undefined || known.some(({ name }) => name.startsWith(prefix)) ? undefined : prefix;
}
