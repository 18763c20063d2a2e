import { type OpenApiDocument, referenceHops } from "../document/document.ts";
import { eachNode } from "../document/nodes.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { getAt, parsePointer } from "../json/pointer.ts";

/** A discriminator property, with its value for one alternative. */
export interface Told {
  readonly name: string;
  readonly value: string;
}

/**
 * The discriminator value of the alternative at a JSON Pointer, or of a schema derived from this one: the value that is
 * mapped to it, or else the name of the schema.
 */
export function toldBy({ discriminator }: JsonObject, pointer: string): Told | undefined {
  if (!isObject(discriminator) || typeof discriminator["propertyName"] !== "string") return undefined;
  const { propertyName: name, mapping } = discriminator;
  const [, , schema = "", ...inside] = parsePointer(pointer);
  if (!pointer.startsWith("/components/schemas/") || inside.length > 0) return undefined;
  const mapped = Object.entries(isObject(mapping) ? mapping : {}).find(([, target]) =>
    means(target, pointer, schema),
  );
  return { name, value: mapped?.[0] ?? schema };
}

/** Whether the schema at a JSON Pointer, or any that it refers to, has a discriminator. */
export function hasDiscriminator(document: OpenApiDocument, pointer: string): boolean {
  const seen = new Set<string>([pointer]);
  let found = false;
  for (const place of seen) {
    eachNode(getAt(document, place) ?? null, (node) => {
      found ||= isObject(node["discriminator"]);
      const { $ref: reference } = node;
      const target = referenceHops(document, { node, pointer: place })[1];
      if (typeof reference === "string" && target !== undefined) seen.add(target.pointer);
    });
    if (found) return true;
  }
  return false;
}

function means(target: Json, pointer: string, schema: string): boolean {
  return target === schema || target === `#${pointer}` || target === `#${encodeURI(pointer)}`;
}
