import { listOperations, memoizeByObject, type OpenApiDocument, type Operation } from "@dots-payouts/openapi";

/** All operations of a document, in its order. Several files are made from them, so they are read once. */
export const operationsOf: (document: OpenApiDocument) => readonly Operation[] =
  memoizeByObject(listOperations);
