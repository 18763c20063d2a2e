import { listAssumptions, memoizeByObject, type OpenApiDocument } from "@dots-payouts/openapi";

/**
 * The reasons of a document's assumptions, by the places that they apply to: the whole object, or one of its
 * keywords.
 */
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
 * What is assumed at one of these places, for the whole object or one of its keywords. One or more sentences each, in
 * Markdown.
 */
export function assumptionsOf(document: OpenApiDocument, pointers: readonly string[]): string[] {
  const reasons = reasonsByPlace(document);
  return [...new Set(pointers.flatMap((pointer) => reasons.get(pointer) ?? []))];
}

/** Assumptions in the words of a page. */
export function assumptionNote(assumptions: readonly string[]): string {
  return assumptions.length === 0 ? "" : `*Assumption:* ${assumptions.join(" ")}`;
}
