import {
  isSafe,
  type OpenApiDocument,
  type Operation,
  parsePointer,
  type ResourceRole,
} from "@dots-payouts/openapi";
import { operationsOf } from "../document/operations-of.ts";

/**
 * How a caller finds out whether a call was carried out whose answer was lost, as an imperative; `undefined` where
 * nothing in the API tells.
 */
export function lookUp(
  document: OpenApiDocument,
  { method, resource, terms }: Operation,
): string | undefined {
  if (resource === undefined || isSafe(method)) return undefined;
  const methodThat = (does: ResourceRole["does"]): string | undefined =>
    operationsOf(document).find(
      (other) =>
        other.client !== undefined && other.resource?.kind === resource.kind && other.resource.does === does,
    )?.client;
  if (resource.does === "create") {
    const list = methodThat("list");
    const reference = terms.reference && parsePointer(terms.reference).join(".");
    return list && reference && `go through ${list}() and look for your own reference (${reference})`;
  }
  // What changes nothing that can be read cannot be found out by reading. What a move sets is among what is set.
  const isVisible = resource.does === "remove" || (resource.does === "change" && resource.sets.length > 0);
  const read = methodThat("read");
  return isVisible && read ? `see what ${read}() gives` : undefined;
}
