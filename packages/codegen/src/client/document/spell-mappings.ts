import {
  changeNodes,
  DocumentError,
  eachNode,
  formatPointer,
  getAt,
  isObject,
  type Json,
  type JsonObject,
  type OpenApiDocument,
  parsePointer,
} from "@dots-payouts/openapi";

const SCHEMAS = "#/components/schemas/";

/**
 * The document with explicit discriminator mappings: OpenAPI derives values from schema names, which may be renamed
 * here.
 * @throws DocumentError if a mapping leads nowhere.
 */
export function spellMappings(document: OpenApiDocument): OpenApiDocument {
  if (!hasDiscriminators(document)) return document;
  const schemas = getAt(document, "/components/schemas");
  const known = isObject(schemas) ? schemas : {};
  return changeNodes(document, (node, walk) => {
    const { discriminator } = node;
    if (!isObject(discriminator) || typeof discriminator["propertyName"] !== "string")
      return walk.below(node);
    const mapping = spell(known, node, discriminator, walk.pointer);
    return { ...walk.below(node), discriminator: { ...discriminator, mapping } };
  });
}

function spell(known: JsonObject, schema: JsonObject, discriminator: JsonObject, place: string): JsonObject {
  const given = isObject(discriminator["mapping"]) ? discriminator["mapping"] : {};
  const spelt = Object.entries(given).map(([value, target]): [string, string] => {
    const text = String(target);
    const reference = Object.hasOwn(known, text) ? SCHEMAS + text : text;
    if (reference.startsWith(SCHEMAS) && Object.hasOwn(known, nameIn(reference))) return [value, reference];
    throw new DocumentError(
      `${place}${formatPointer(["discriminator", "mapping", value])}`,
      `${text} leads nowhere`,
    );
  });
  const mapped = new Set(spelt.map(([, reference]) => reference));
  const implied = [...branches(schema), ...heirs(known, place)].filter((reference) => !mapped.has(reference));
  return Object.fromEntries([...spelt, ...implied.map((reference) => [nameIn(reference), reference])]);
}

function nameIn(reference: string): string {
  return reference.slice(SCHEMAS.length);
}

function branches(schema: JsonObject): string[] {
  return ["oneOf", "anyOf"].flatMap((keyword) => references(schema[keyword]));
}

/** The schemas derived from the one at a place with `allOf`. */
function heirs(known: JsonObject, place: string): string[] {
  const [first, second, name, ...inside] = parsePointer(place);
  if (inside.length > 0 || first !== "components" || second !== "schemas") return [];
  return Object.entries(known).flatMap(([heir, schema]) =>
    isObject(schema) && references(schema["allOf"]).includes(`${SCHEMAS}${name}`) ? [SCHEMAS + heir] : [],
  );
}

function references(list: Json | undefined): string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item) => {
    const reference = isObject(item) ? item["$ref"] : undefined;
    return typeof reference === "string" && reference.startsWith(SCHEMAS) ? [reference] : [];
  });
}

/** Whether a document uses discriminators: most don't, and need no further work. */
function hasDiscriminators(document: Json): boolean {
  let found = false;
  eachNode(document, (node) => {
    found ||= "discriminator" in node;
  });
  return found;
}
