import {
  formatPointer,
  isObject,
  type Json,
  type JsonObject,
  type Located,
  memoizeByObject,
  type OpenApiDocument,
  referenceHops,
} from "@dots-payouts/openapi";

/** A schema in a document. Schemas of two documents can apply to one value. */
export interface Part extends Located {
  readonly document: OpenApiDocument;
}

/** Schemas that all apply to one value. If empty, anything is allowed. */
export type Parts = readonly Part[];

/** The value below a schema, by its path of keys. */
export function child({ document, node, pointer }: Part, ...keys: (string | number)[]): Part {
  let below: Json | undefined = node;
  for (const key of keys) {
    if (Array.isArray(below)) below = below[Number(key)];
    else below = isObject(below) && Object.hasOwn(below, key) ? below[key] : undefined;
  }
  return { document, node: below ?? null, pointer: pointer + formatPointer(keys) };
}

/** The schemas in the list at a key. */
export function children(part: Part, key: string): Part[] {
  return listAt(part, key).map((_, index) => child(part, key, index));
}

/** A schema outside of any document. It has no references. */
export function made(node: JsonObject | boolean): Part {
  return { document: NOWHERE, node, pointer: JSON.stringify(node) };
}

const NOWHERE: OpenApiDocument = {};

export function isMade({ document }: Part): boolean {
  return document === NOWHERE;
}

/** All nodes that apply to the value: references are followed, and `allOf` is split. */
export function facetsOf(parts: Parts): Part[] {
  const found = new Map<OpenApiDocument, Set<string>>();
  return parts.flatMap(facetsOfOne).filter(({ document, pointer }) => {
    const pointers = found.get(document) ?? new Set();
    found.set(document, pointers);
    return !pointers.has(pointer) && pointers.add(pointer);
  });
}

const known = memoizeByObject((_document: OpenApiDocument) => new Map<string, Part[]>());

function facetsOfOne(part: Part): Part[] {
  const facets = known(part.document).get(part.pointer) ?? readFacets(part);
  known(part.document).set(part.pointer, facets);
  return facets;
}

function readFacets(part: Part): Part[] {
  const found = new Map<string, Part>();
  const visit = (start: Part): void => {
    for (const hop of referenceHops(start.document, start)) {
      if (found.has(hop.pointer)) continue;
      const facet = { ...hop, document: start.document };
      found.set(hop.pointer, facet);
      for (const branch of children(facet, "allOf")) visit(branch);
    }
  };
  visit(part);
  return [...found.values()];
}

export function isSamePart(one: Part, other: Part): boolean {
  return one.document === other.document && one.pointer === other.pointer;
}

export function valueAt({ node }: Part, key: string): Json | undefined {
  return isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined;
}

export function listAt(part: Part, key: string): Json[] {
  const value = valueAt(part, key);
  return Array.isArray(value) ? value : [];
}

export function mapAt(part: Part, key: string): JsonObject {
  const value = valueAt(part, key);
  return isObject(value) ? value : {};
}

export function numberAt(part: Part, key: string): number | undefined {
  const value = valueAt(part, key);
  return typeof value === "number" ? value : undefined;
}
