import { isObject, type Json } from "@dots-payouts/openapi";

/** Whether anything in a document is told apart by a discriminator, or may be: most need no more than this look. */
export function hasDiscriminators(node: Json): boolean {
  if (Array.isArray(node)) return node.some(hasDiscriminators);
  return isObject(node) && ("discriminator" in node || Object.values(node).some(hasDiscriminators));
}
