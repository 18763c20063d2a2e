import type { Json, JsonObject } from "../json/json.ts";
import { DocumentError } from "./document.ts";
import { changeNodes, eachNode } from "./nodes.ts";

const ANCHORS = ["$anchor", "$dynamicAnchor"] as const;

/**
 * The document with references to anchors replaced by JSON Pointers, the only form that other code understands. A
 * document is one resource of JSON Schema: a dynamic anchor exists once, so it means the same from everywhere.
 * @throws DocumentError if two schemas have the same anchor.
 */
export function withoutAnchors(document: JsonObject): JsonObject {
  const places = new Map<string, string>();
  eachNode(document, (node, walk) => {
    for (const keyword of ANCHORS) {
      const anchor = node[keyword];
      if (typeof anchor !== "string") continue;
      const { pointer } = walk;
      const other = places.get(`#${anchor}`);
      if (other !== undefined) {
        throw new DocumentError(`${pointer}/${keyword}`, `${anchor} is already the anchor of ${other}`);
      }
      places.set(`#${anchor}`, reference(pointer));
    }
  });
  if (places.size === 0) return document;
  const placeOf = (anchor: Json | undefined): string | undefined =>
    typeof anchor === "string" ? places.get(anchor) : undefined;
  return changeNodes(document, (node, walk) => {
    const { $anchor: _, $dynamicAnchor: __, ...named } = node;
    const target = placeOf(named["$ref"]);
    const plain = target === undefined ? named : { ...named, $ref: target };
    const dynamic = placeOf(plain["$dynamicRef"]);
    return walk.below(dynamic === undefined ? plain : withReference(plain, dynamic));
  });
}

/** A schema with its dynamic reference replaced by a static one. */
function withReference({ $dynamicRef: _, ...schema }: JsonObject, place: string): JsonObject {
  if (!("$ref" in schema)) return { ...schema, $ref: place };
  const { allOf } = schema;
  return { ...schema, allOf: [...(Array.isArray(allOf) ? allOf : []), { $ref: place }] };
}

function reference(pointer: string): string {
  return `#${encodeURI(pointer)}`;
}
