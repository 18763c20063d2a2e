import {
  isObject,
  type Json,
  type JsonObject,
  type Located,
  listProperties,
  type OpenApiDocument,
} from "@dots-payouts/openapi";
import { targetOf } from "../document/json-types.ts";
import { literalType, objectOf, propertyKey, type TypeText, UNKNOWN, union } from "./type-text.ts";

/** The discriminator values of one schema in a choice. */
export function choiceValues(document: OpenApiDocument, choice: JsonObject, place: Located): TypeText {
  const target = targetOf(document, place);
  return target === undefined ? UNKNOWN : valuesOf(document, choice, target.pointer);
}

/** The discriminator values of a schema derived from another with `allOf`. */
export function childValues(document: OpenApiDocument, place: Located): TypeText {
  const parent = targetOf(document, place);
  const [, child] = /^(\/components\/schemas\/[^/]+)\/allOf\/\d+$/.exec(place.pointer) ?? [];
  if (child === undefined || !isObject(parent?.node)) return UNKNOWN;
  return valuesOf(document, parent.node, child);
}

function valuesOf(document: OpenApiDocument, { discriminator }: JsonObject, pointer: string): TypeText {
  if (!isObject(discriminator) || typeof discriminator["propertyName"] !== "string") return UNKNOWN;
  const { propertyName: name, mapping } = discriminator;
  const values = Object.entries(isObject(mapping) ? mapping : {})
    .filter(([, reference]) => pointerOf(reference) === pointer)
    .map(([value]) => value);
  const lists = listProperties(document, pointer)
    .filter((property) => property.name === name)
    .flatMap(({ schemas }) => schemas.map(({ node }) => listedIn(node)))
    .filter((list) => list !== undefined);
  // The schema itself decides: a name that OpenAPI uses as a value need not be a valid one.
  const possible = values.filter((value) => lists.every((list) => list.includes(value)));
  if (possible.length === 0) return UNKNOWN;
  const type = union(possible.map(literalType));
  return objectOf([{ comment: "", key: propertyKey(name), type }]);
}

function pointerOf(reference: Json): string | undefined {
  return typeof reference === "string" && reference.startsWith("#")
    ? decodeURIComponent(reference.slice(1))
    : undefined;
}

function listedIn(node: JsonObject): readonly Json[] | undefined {
  if (node["const"] !== undefined) return [node["const"]];
  return Array.isArray(node["enum"]) ? node["enum"] : undefined;
}
