import { listOperations, memoizeByObject, type OpenApiDocument, type Operation } from "@dots-payouts/openapi";

/** All operations of a document, in document order. Cached, because several generated files need them. */
export const operationsOf: (document: OpenApiDocument) => readonly Operation[] =
  memoizeByObject(listOperations);
