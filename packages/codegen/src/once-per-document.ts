import { listOperations, type OpenApiDocument, type Operation } from "@dots-payouts/openapi";

/** A reading of a document that is kept for as long as the document is there: several files are made from it. */
export function oncePerDocument<Result extends object>(
  read: (document: OpenApiDocument) => Result,
): (document: OpenApiDocument) => Result {
  const known = new WeakMap<OpenApiDocument, Result>();
  return (document) => {
    const result = known.get(document) ?? read(document);
    known.set(document, result);
    return result;
  };
}

/** All operations of a document, in its order. */
export const operationsOf: (document: OpenApiDocument) => readonly Operation[] =
  oncePerDocument(listOperations);
