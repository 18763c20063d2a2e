import { changeNodes, eachNode, type OpenApiDocument } from "@dots-payouts/openapi";

/** The document with each reference to an anchor as a reference to its place, which is all that others know. */
export function withoutAnchors(document: OpenApiDocument): OpenApiDocument {
  const places = new Map<string, string>();
  eachNode(document, ({ $anchor: anchor }, { pointer }) => {
    if (typeof anchor === "string") places.set(`#${anchor}`, `#${encodeURI(pointer)}`);
  });
  if (places.size === 0) return document;
  return changeNodes(document, (node, walk) => {
    const { $anchor: _, ...rest } = node;
    const place = typeof node["$ref"] === "string" ? places.get(node["$ref"]) : undefined;
    return walk.below({ ...rest, ...(place === undefined ? {} : { $ref: place }) });
  });
}
