import { listAssumptions, type OpenApiDocument } from "@dots-payouts/openapi";

/**
 * What is assumed of one of these places in the document, as a whole or in one of its keywords. In Markdown, one
 * sentence or more each.
 */
export function assumptionsOf(document: OpenApiDocument, pointers: readonly string[]): string[] {
  const reasons = listAssumptions(document)
    .filter(({ pointer }) => pointers.includes(pointer) || pointers.includes(parentOf(pointer)))
    .map(({ reason }) => reason.trim().replace(/\s+/g, " "));
  return [...new Set(reasons)];
}

/** Assumptions as a reader meets them. */
export function assumptionNote(assumptions: readonly string[]): string {
  return assumptions.length === 0 ? "" : `*Assumption:* ${assumptions.join(" ")}`;
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}
