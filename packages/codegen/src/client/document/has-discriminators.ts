import { eachNode, type Json } from "@dots-payouts/openapi";

/** Whether a document uses discriminators: most don't, and need no further work. */
export function hasDiscriminators(document: Json): boolean {
  let found = false;
  eachNode(document, (node) => {
    found ||= "discriminator" in node;
  });
  return found;
}
