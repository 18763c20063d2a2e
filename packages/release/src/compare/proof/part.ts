import {
  formatPointer,
  getAt,
  isObject,
  type Json,
  type JsonObject,
  type Located,
  type OpenApiDocument,
  referenceHops,
} from "@dots-payouts/openapi";

/** A schema in a document. Those of two documents can hold for one value. */
export interface Part extends Located {
  readonly document: OpenApiDocument;
}

/** Schemas that all hold for one value. None of them: anything goes. */
export type Parts = readonly Part[];

/** What is below a schema, by the keys that lead there. */
export function child({ document, node, pointer }: Part, ...keys: (string | number)[]): Part {
  const way = formatPointer(keys);
  return { document, node: getAt(node, way) ?? null, pointer: pointer + way };
}

/** The schemas in the list at a key. */
export function children(part: Part, key: string): Part[] {
  return listAt(part, key).map((_, index) => child(part, key, index));
}

/** A schema that stands in no document. It has no references. */
export function made(node: JsonObject | boolean): Part {
  return { document: NOWHERE, node, pointer: JSON.stringify(node) };
}

const NOWHERE: OpenApiDocument = {};

export function isMade({ document }: Part): boolean {
  return document === NOWHERE;
}

/** All nodes that hold for the value: references are followed, and `allOf` is taken apart. */
export function facetsOf(parts: Parts): Part[] {
  const found: Part[] = [];
  const visit = (start: Part): void => {
    for (const hop of referenceHops(start.document, start)) {
      const facet = { ...hop, document: start.document };
      if (found.some((one) => isSamePart(one, facet))) continue;
      found.push(facet);
      for (const branch of children(facet, "allOf")) visit(branch);
    }
  };
  for (const part of parts) visit(part);
  return found;
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
