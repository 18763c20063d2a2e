import type { OpenApiDocument } from "../document/document.ts";
import { memoizeByObject } from "../memoize.ts";
import { listOperations } from "./list-operations.ts";
import type { Operation } from "./operation.ts";

/** The operations on a kind of resource (`x-resource`), in document order. */
export function operationsOfKind(document: OpenApiDocument, kind: string): readonly Operation[] {
  return byKind(document).get(kind) ?? [];
}

const byKind = memoizeByObject((document: OpenApiDocument) => {
  const found = new Map<string, Operation[]>();
  for (const operation of listOperations(document)) {
    const { resource } = operation;
    if (resource === undefined) continue;
    const known = found.get(resource.kind);
    if (known === undefined) found.set(resource.kind, [operation]);
    else known.push(operation);
  }
  return found;
});
