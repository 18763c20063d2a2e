import { eachNode, type Json } from "@dots-payouts/openapi";

/** Whether anything in a document is told apart by a discriminator: most need no more than this look. */
export function hasDiscriminators(document: Json): boolean {
  let found = false;
  eachNode(document, (node) => {
    found ||= "discriminator" in node;
  });
  return found;
}
