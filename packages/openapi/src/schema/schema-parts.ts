import { type Located, type OpenApiDocument, referenceHops } from "../document/document.ts";
import { BRANCHES } from "../document/keywords.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { formatPointer, getAt, parsePointer } from "../json/pointer.ts";
import { memoize, memoizeByObject } from "../memoize.ts";

/** A schema object and its place. */
export interface LocatedSchema {
  readonly node: JsonObject;
  readonly pointer: string;
}

/** One of several schemas that describe the same value. */
export interface SchemaPart extends LocatedSchema {
  /** Whether it is optional, because another branch of an `anyOf` or `oneOf` may apply. */
  readonly alternative: boolean;
}

/**
 * The schemas that describe the same value as the one at `pointer`: itself, what it refers to, and the branches of its
 * `allOf`, `anyOf` and `oneOf`, recursively. Conditions (`if`, `then`, `else`, `not`) are left out: they only
 * constrain.
 */
export function schemaParts(document: OpenApiDocument, pointer: string): readonly SchemaPart[] {
  return partsAt(document)(pointer);
}

/** Every reader of a schema asks for its parts, and many operations share one. */
const partsAt = memoizeByObject((document: OpenApiDocument) =>
  memoize((pointer: string) => findParts(document, pointer)),
);

function findParts(document: OpenApiDocument, pointer: string): readonly SchemaPart[] {
  const parts = new Map<string, SchemaPart>();
  const visit = ({ node, pointer: place }: Located, alternative: boolean): void => {
    const known = parts.get(place);
    // Required wins over optional: a part that one branch offers and another requires is visited again.
    if (!isObject(node) || (known !== undefined && (alternative || !known.alternative))) return;
    parts.set(place, { node, pointer: place, alternative });
    for (const next of referenceHops(document, { node, pointer: place }).slice(1)) visit(next, alternative);
    for (const keyword of BRANCHES) {
      const branches = node[keyword];
      if (!Array.isArray(branches)) continue;
      for (const [index, branch] of branches.entries()) {
        visit({ node: branch, pointer: `${place}/${keyword}/${index}` }, alternative || keyword !== "allOf");
      }
    }
  };
  const node = getAt(document, pointer);
  if (node !== undefined) visit({ node, pointer }, false);
  return [...parts.values()];
}

/** A property of an object schema. `schemas` are the places where it is described. */
export interface Property {
  readonly name: string;
  readonly required: boolean;
  readonly schemas: readonly LocatedSchema[];
}

/** The properties of the object that the schema at `pointer` describes, gathered from all its parts. */
export function listProperties(document: OpenApiDocument, pointer: string): Property[] {
  const required = new Set<string>();
  const places = new Map<string, LocatedSchema[]>();
  for (const part of schemaParts(document, pointer)) {
    const names = part.node["required"];
    if (Array.isArray(names) && !part.alternative) {
      for (const name of names) if (typeof name === "string") required.add(name);
    }
    const properties = part.node["properties"];
    if (!isObject(properties)) continue;
    for (const [name, node] of Object.entries(properties)) {
      if (!isObject(node)) continue;
      const place = { node, pointer: `${part.pointer}${formatPointer(["properties", name])}` };
      places.set(name, [...(places.get(name) ?? []), place]);
    }
  }
  return [...places].map(([name, schemas]) => ({ name, required: required.has(name), schemas }));
}

/** The schemas of the value that a JSON Pointer into an instance leads to; empty if it leads nowhere. */
export function schemasAt(
  document: OpenApiDocument,
  schema: string,
  instancePointer: string,
): LocatedSchema[] {
  let places = [schema];
  for (const token of parsePointer(instancePointer)) {
    places = places.flatMap((place) =>
      listProperties(document, place)
        .filter((property) => property.name === token)
        .flatMap((property) => property.schemas.map(({ pointer }) => pointer)),
    );
  }
  const parts = places.flatMap((place) => schemaParts(document, place));
  return [...new Map(parts.map(({ node, pointer }) => [pointer, { node, pointer }])).values()];
}

/** A response property with a fresh value per resource. `rule` is the value of `x-generate`. */
export interface GeneratedValue {
  readonly pointer: string;
  readonly rule: string;
}

/** The properties that `x-generate` marks in the schema at `pointer`, including those in nested objects. */
export function listGeneratedValues(document: OpenApiDocument, pointer: string): GeneratedValue[] {
  return markedProperties(document, pointer, "x-generate").flatMap(({ pointer: at, node }) =>
    typeof node === "string" ? [{ pointer: at, rule: node }] : [],
  );
}

/** A property with an extension. */
interface Marked {
  /** JSON Pointer into the value. */
  readonly pointer: string;
  /** The value of the extension, and its place. */
  readonly node: Json;
  readonly place: string;
}

/** The properties in the schema at `pointer` that have an extension, including those in nested objects. */
export function markedProperties(
  document: OpenApiDocument,
  pointer: string,
  extension: string,
): readonly Marked[] {
  return markedBy(document)(extension)(pointer);
}

/** Operations share the schemas of their answers, above all those of their failures. */
const markedBy = memoizeByObject((document: OpenApiDocument) =>
  memoize((extension: string) => memoize((pointer: string) => findMarked(document, pointer, extension))),
);

function findMarked(document: OpenApiDocument, pointer: string, extension: string): readonly Marked[] {
  const found = new Map<string, Marked>();
  const visit = (schema: string, path: readonly string[], above: readonly string[]): void => {
    for (const property of listProperties(document, schema)) {
      const here = [...path, property.name];
      for (const place of property.schemas) {
        if (above.includes(place.pointer)) continue;
        for (const part of schemaParts(document, place.pointer)) {
          const node = part.node[extension];
          const at = formatPointer(here);
          if (node !== undefined) {
            found.set(at, { pointer: at, node, place: part.pointer + formatPointer([extension]) });
          }
        }
        visit(place.pointer, here, [...above, place.pointer]);
      }
    }
  };
  visit(pointer, [], []);
  return [...found.values()];
}
