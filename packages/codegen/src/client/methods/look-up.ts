import {
  isSafe,
  type OpenApiDocument,
  type Operation,
  operationsOfKind,
  parsePointer,
  type ResourceRole,
} from "@dots-payouts/openapi";

/**
 * How a caller finds out whether a call with a lost answer was carried out, as an imperative; `undefined` if the API
 * offers no way.
 */
export function lookUp(
  document: OpenApiDocument,
  { method, resource, terms }: Operation,
): string | undefined {
  if (resource === undefined || isSafe(method)) return undefined;
  const methodThat = (does: ResourceRole["does"]): string | undefined =>
    operationsOfKind(document, resource.kind).find(
      (other) => other.client !== undefined && other.resource?.does === does,
    )?.client;
  if (resource.does === "create") {
    const list = methodThat("list");
    const reference = terms.reference && parsePointer(terms.reference).join(".");
    return list && reference && `go through ${list}() and look for your own reference (${reference})`;
  }
  // A change that is not readable cannot be checked by reading. `sets` includes what a move sets.
  const isVisible = resource.does === "remove" || (resource.does === "change" && resource.sets.length > 0);
  const read = methodThat("read");
  return isVisible && read ? `check with ${read}()` : undefined;
}
