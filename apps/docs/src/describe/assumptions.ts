import { listAssumptions, memoizeByObject, type OpenApiDocument } from "@dots-payouts/openapi";

/** The reasons of a document by the places that they are shown at: what is assumed, and what has it as a keyword. */
const reasonsByPlace = memoizeByObject((document: OpenApiDocument) => {
  const reasons = new Map<string, string[]>();
  for (const { pointer, reason } of listAssumptions(document)) {
    const text = reason.trim().replace(/\s+/g, " ");
    for (const place of [pointer, pointer.slice(0, pointer.lastIndexOf("/"))]) {
      reasons.set(place, [...(reasons.get(place) ?? []), text]);
    }
  }
  return reasons;
});

/**
 * What is assumed of one of these places in the document, as a whole or in one of its keywords. In Markdown, one
 * sentence or more each.
 */
export function assumptionsOf(document: OpenApiDocument, pointers: readonly string[]): string[] {
  const reasons = reasonsByPlace(document);
  return [...new Set(pointers.flatMap((pointer) => reasons.get(pointer) ?? []))];
}

/** Assumptions as a reader meets them. */
export function assumptionNote(assumptions: readonly string[]): string {
  return assumptions.length === 0 ? "" : `*Assumption:* ${assumptions.join(" ")}`;
}
